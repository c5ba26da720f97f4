//! `nengce account invite|list|suspend|resume|reset-second-factor`: accounts of people, from the command line.

pub(super) mod demo_accounts;
pub(super) mod first_account;

use anyhow::Result;
use clap::Subcommand;
use nengce_shared::access::role::Role;
use nengce_shared::api::account::{AccountBody, AccountList, Invited};
use nengce_shared::lang::Lang;
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
    /// Print a one-time link with which a person sets a password; makes the account if there is none
    Invite {
        /// The name to sign in with
        name: String,
        /// Roles of a new account, such as security_administrator or district_office
        #[arg(long, value_name = "ROLE,…", value_delimiter = ',', value_parser = role)]
        role: Vec<Role>,
        /// The name of the person [default: NAME]
        #[arg(long)]
        display_name: Option<String>,
        /// Codes of the districts of a district office
        #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
        districts: Vec<String>,
        /// Credit codes of the units of an enterprise or a case officer
        #[arg(long, value_name = "CODE,…", value_delimiter = ',')]
        units: Vec<String>,
        #[command(flatten)]
        target: TargetArgs,
    },
    /// Accounts with their roles and states
    List {
        #[command(flatten)]
        target: TargetArgs,
    },
    /// End all sessions of an account and let nobody sign in
    Suspend {
        name: String,
        #[command(flatten)]
        target: TargetArgs,
    },
    /// Let a suspended account go on
    Resume {
        name: String,
        #[command(flatten)]
        target: TargetArgs,
    },
    /// Take the second factor of an account away, whose person lost it
    ResetSecondFactor {
        name: String,
        #[command(flatten)]
        target: TargetArgs,
    },
}

fn role(text: &str) -> Result<Role, String> {
    let words = || Role::ALL.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", ");
    Role::parse(text).ok_or_else(|| format!("the roles are {}", words()))
}

pub fn run(args: &Args) -> Result<()> {
    runtime()?.block_on(act(&args.action))
}

async fn act(action: &Action) -> Result<()> {
    match action {
        Action::Invite { name, role, display_name, districts, units, target } => {
            let client = Client::connect(target).await?;
            let is_known = list(&client).await?.rows.iter().any(|it| it.name == *name);
            let request = match is_known {
                true => client.request(Method::POST, &format!("/api/v1/accounts/{name}/invite")),
                false => client.request(Method::POST, "/api/v1/accounts").json(&AccountBody {
                    name: name.clone(),
                    display_name: display_name.as_ref().unwrap_or(name).clone(),
                    roles: role.clone(),
                    districts: districts.clone(),
                    units: units.clone(),
                }),
            };
            let invited: Invited = client.send(request).await?.json().await?;
            println!("{}{}", client.url(), invited.link);
            client.close().await
        }
        Action::List { target } => {
            let client = Client::connect(target).await?;
            for it in list(&client).await?.rows {
                let roles: Vec<&str> = it.roles.iter().map(|it| it.as_str()).collect();
                let state = it.state.label(Lang::En).to_lowercase();
                println!("{}  {}  {}  {state}", it.name, it.display_name, roles.join(","));
            }
            client.close().await
        }
        Action::Suspend { name, target } => change(name, "suspend", target).await,
        Action::Resume { name, target } => change(name, "resume", target).await,
        Action::ResetSecondFactor { name, target } => {
            change(name, "reset-second-factor", target).await
        }
    }
}

async fn list(client: &Client) -> Result<AccountList> {
    let request = client.request(Method::GET, "/api/v1/accounts");
    Ok(client.send(request).await?.json().await?)
}

async fn change(name: &str, what: &str, target: &TargetArgs) -> Result<()> {
    let client = Client::connect(target).await?;
    client.send(client.request(Method::POST, &format!("/api/v1/accounts/{name}/{what}"))).await?;
    println!("{name}: {what}");
    client.close().await
}
