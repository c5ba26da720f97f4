//! Requests the cube, the frame and, when wanted, the products, and builds the snapshot of them. Loaded with the
//! engine.

use nengce_analysis::cube::Cube;
use nengce_analysis::frame::thaw;
use nengce_analysis::frame_products::take_products;
use nengce_shared::api::cube::{CubeFrame, CubeProducts};
use nengce_shared::lang::Lang;

use super::client::{City, Sent};
use crate::data::api_client::{get_file, get_json};

/// `None` where the city changed between the answers. One that is too large to be sent by unit comes as groups, and
/// without products, which are units'.
pub async fn city(with_products: bool) -> Option<City> {
    let bytes = get_file("/api/v1/cube", Lang::Zh).await.ok()?;
    let frame = get_json::<CubeFrame>("/api/v1/cube/frame", Lang::Zh, None).await.ok()?;
    let cube = Cube::decode(&bytes).ok()?;
    let (snapshot, catalog) = thaw(&cube, &frame)?;
    let mut city = City { snapshot, catalog, products: false };
    if with_products && !city.snapshot.is_grouped() {
        products().await?(&mut city);
    }
    Some(city)
}

/// What puts the products into a city of the same version.
pub async fn products() -> Option<Sent> {
    let sent = get_json::<CubeProducts>("/api/v1/cube/products", Lang::Zh, None).await.ok()?;
    Some(Box::new(move |city: &mut City| {
        city.products = take_products(&mut city.snapshot, &mut city.catalog, &sent);
    }))
}
