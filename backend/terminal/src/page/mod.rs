//! The page of the terminal on this machine: it works without any centre and loads nothing from elsewhere.

mod acts;
mod examine;
mod export;
mod guard;

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header;
use axum::routing::{get, post};
use tokio::net::TcpListener;

pub(crate) use acts::address_problems;

use crate::plant::Plant;
use guard::Page;

const HTML: &str = include_str!("assets/index.html");
const STYLE: &str = include_str!("assets/page.css");
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
const WORDS: &str = include_str!("assets/words.js");
const DRAWING: &str = include_str!("assets/draw.js");
const SCRIPT: &str = include_str!("assets/page.js");

/// Takes the address of the page.
pub(crate) async fn listen(plant: &Plant) -> Result<TcpListener> {
    let address = plant.config.page.listen;
    TcpListener::bind(address)
        .await
        .with_context(|| format!("listen_taken: {address} 无法监听，请改 listen。Cannot listen on {address}; change listen."))
}

/// Answers until the program ends.
pub(crate) async fn serve(plant: Arc<Plant>, listener: TcpListener) -> Result<()> {
    let most = plant.config.page.max_body_bytes;
    let page = Arc::new(Page::new(plant, listener.local_addr()?));
    let asset = |kind: &'static str, text: &'static str| {
        get(move || async move { ([(header::CONTENT_TYPE, kind)], text) })
    };
    let router = Router::new()
        .route("/", asset("text/html; charset=utf-8", HTML))
        .route("/page.css", asset("text/css; charset=utf-8", STYLE))
        .route("/words.js", asset(JAVASCRIPT, WORDS))
        .route("/draw.js", asset(JAVASCRIPT, DRAWING))
        .route("/page.js", asset(JAVASCRIPT, SCRIPT))
        .route("/api/session", get(acts::session).post(acts::sign_in).delete(acts::sign_out))
        .route("/api/password", post(acts::set_password))
        .route("/api/state", get(acts::state))
        .route("/api/points/{id}/read", post(examine::read))
        .route("/api/points/{id}/largest", get(acts::largest))
        .route("/api/points/{id}/meter", post(examine::meter))
        .route("/api/sources/{name}/frame", post(examine::frame))
        .route("/api/manual", post(acts::manual))
        .route("/api/rejected", post(acts::rejected))
        .route("/api/table/preview", post(acts::preview))
        .route("/api/table", get(acts::table).post(acts::apply))
        .route("/api/point", post(acts::point))
        .route("/api/export", get(export::export))
        .layer(DefaultBodyLimit::max(most))
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&page), guard::check))
        .with_state(page);
    Ok(axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await?)
}
