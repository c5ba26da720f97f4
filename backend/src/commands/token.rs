//! `nengce token create|list|revoke`: tokens with which industry systems upload for many units.

use anyhow::Result;
use clap::Subcommand;
use nengce_shared::api::bulk::{TokenBody, TokenList, TokenMade};
use reqwest::Method;

use super::arguments::{TargetArgs, runtime};
use super::client::Client;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Make a token; it is printed once and kept as a hash only
    Create {
        #[arg(long)]
        name: String,
        /// Credit codes the token may speak for
        #[arg(long, value_name = "CODE,…", value_delimiter = ',', required_unless_present_any = ["all", "regions"])]
        units: Vec<String>,
        /// The token may speak for every unit
        #[arg(long, conflicts_with = "units")]
        all: bool,
        /// Regions, 2, 4 or 6 digits, whose units a platform below registers and sends for
        #[arg(long, value_name = "DIGITS,…", value_delimiter = ',', conflicts_with_all = ["units", "all"])]
        regions: Vec<String>,
        /// Days after which the token expires, 1 to 1096
        #[arg(long, default_value_t = 365)]
        days: u32,
        #[command(flatten)]
        target: TargetArgs,
    },
    /// Tokens with what they may speak for
    List {
        #[command(flatten)]
        target: TargetArgs,
    },
    /// Refuse a token's uploads from now on; what it sent stays
    Revoke {
        name: String,
        #[command(flatten)]
        target: TargetArgs,
    },
}

pub fn run(args: &Args) -> Result<()> {
    runtime()?.block_on(act(&args.action))
}

async fn act(action: &Action) -> Result<()> {
    match action {
        Action::Create { name, units, all, regions, days, target } => {
            let client = Client::connect(target).await?;
            let body = TokenBody {
                name: name.clone(),
                units: units.clone(),
                all_units: *all,
                regions: Some(regions.clone()),
                valid_days: Some(*days),
            };
            let request = client.request(Method::POST, "/api/v1/tokens").json(&body);
            let made: TokenMade = client.send(request).await?.json().await?;
            println!("{}", made.token);
            eprintln!("it expires at {}", made.expires_at);
            client.close().await
        }
        Action::List { target } => {
            let client = Client::connect(target).await?;
            let request = client.request(Method::GET, "/api/v1/tokens");
            let list: TokenList = client.send(request).await?.json().await?;
            for it in list.rows {
                let units = match (it.all_units, it.units.is_empty()) {
                    (true, _) => "all units".to_owned(),
                    (false, true) => format!("units of {}", it.regions.join(",")),
                    (false, false) => it.units.join(","),
                };
                let state = match (it.revoked_at, it.expires_at) {
                    (Some(at), _) => format!("revoked {at}"),
                    (None, Some(at)) => format!("expires {at}"),
                    (None, None) => "never expires".to_owned(),
                };
                let used =
                    it.last_used_at.map_or("never used".to_owned(), |at| format!("used {at}"));
                println!("{}  {}  {state}  {used}  {units}", it.name, it.created_at);
            }
            client.close().await
        }
        Action::Revoke { name, target } => {
            let client = Client::connect(target).await?;
            let path = format!("/api/v1/tokens/{name}/revoke");
            client.send(client.request(Method::POST, &path)).await?;
            println!("{name} is revoked");
            client.close().await
        }
    }
}
