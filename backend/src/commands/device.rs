//! `nengce device list|approve|revoke`.

use anyhow::Result;
use clap::Subcommand;
use nengce_shared::api::unit::{DeviceList, DeviceRow};
use reqwest::Method;

use super::cli::{TargetArgs, runtime};
use super::client::Client;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Devices with their units and states
    List {
        /// Only devices in this state: pending, approved or revoked
        #[arg(long)]
        state: Option<String>,
        #[command(flatten)]
        target: TargetArgs,
    },
    /// Make a device's data count; what it sent before becomes visible
    Approve {
        /// 32 hexadecimal digits, or `all-pending`
        device: String,
        #[command(flatten)]
        target: TargetArgs,
    },
    /// Refuse a device's uploads from now on; what it sent stays
    Revoke {
        device: String,
        #[command(flatten)]
        target: TargetArgs,
    },
}

pub fn run(args: &Args) -> Result<()> {
    runtime()?.block_on(act(&args.action))
}

async fn act(action: &Action) -> Result<()> {
    match action {
        Action::List { state, target } => {
            let client = Client::connect(target).await?;
            for it in all(&client, state.as_deref()).await? {
                print(&it);
            }
            client.close().await
        }
        Action::Approve { device, target } => change(target, device, "approve").await,
        Action::Revoke { device, target } => change(target, device, "revoke").await,
    }
}

async fn change(target: &TargetArgs, device: &str, to: &str) -> Result<()> {
    let client = Client::connect(target).await?;
    let ids = match device {
        "all-pending" => all(&client, Some("pending"))
            .await?
            .into_iter()
            .map(|it| it.device_id)
            .collect(),
        one => vec![one.to_owned()],
    };
    let mut failure = None;
    for id in ids {
        let request = client.request(Method::POST, &format!("/api/v1/devices/{id}/{to}"));
        match client.send(request).await {
            Ok(response) => print(&response.json::<DeviceRow>().await?),
            Err(error) => failure = Some(error),
        }
    }
    client.close().await?;
    failure.map_or(Ok(()), Err)
}

async fn all(client: &Client, state: Option<&str>) -> Result<Vec<DeviceRow>> {
    let mut rows = Vec::new();
    let mut cursor = String::new();
    loop {
        let query = [
            ("state", state.unwrap_or("")),
            ("limit", "1000"),
            ("cursor", &cursor),
        ];
        let request = client.request(Method::GET, "/api/v1/devices").query(&query);
        let page: DeviceList = client.send(request).await?.json().await?;
        rows.extend(page.rows);
        match page.page.next {
            Some(next) => cursor = next,
            None => return Ok(rows),
        }
    }
}

fn print(it: &DeviceRow) {
    println!(
        "{}  {:<8}  {}  {}  {}",
        it.device_id,
        it.state,
        it.enterprise_code,
        it.upload_time,
        it.unit_name.as_deref().unwrap_or("")
    );
}
