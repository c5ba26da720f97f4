//! `nengce device list|approve|revoke|rotate|claims|confirm|refuse|code|release`.

use anyhow::Result;
use clap::Subcommand;
use nengce_shared::api::claim::{ClaimDecision, ClaimList, ClaimRow, Registrant, RegistrationCode};
use nengce_shared::api::unit::{DeviceList, DeviceRow};
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
    /// Let the device's terminal fetch a new id (and key) when it registers next; the present one goes on for a while
    Rotate {
        device: String,
        #[command(flatten)]
        target: TargetArgs,
    },
    /// Registrations that wait because the enterprise has a terminal already, with that terminal beside
    Claims {
        /// Only claims in this state: pending, confirmed, refused, expired or all
        #[arg(long, default_value = "pending")]
        state: String,
        #[command(flatten)]
        target: TargetArgs,
    },
    /// Let the claimant have a new device when it registers again; then the device before is revoked
    Confirm {
        /// Number of the claim
        claim: u64,
        #[arg(long)]
        reason: Option<String>,
        #[command(flatten)]
        target: TargetArgs,
    },
    /// Refuse a claim
    Refuse {
        /// Number of the claim
        claim: u64,
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        target: TargetArgs,
    },
    /// Make a one-time code with which the plant's terminal registers in place of this device; printed once
    Code {
        device: String,
        #[command(flatten)]
        target: TargetArgs,
    },
    /// Undo certificate, key and password, and revoke the device: the next registration is the first again
    Release {
        /// 32 hexadecimal digits, or the credit code of an enterprise, which may have no device yet
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
        Action::Rotate { device, target } => change(target, device, "rotate").await,
        Action::Release { device, target } => change(target, device, "release").await,
        Action::Claims { state, target } => {
            let client = Client::connect(target).await?;
            for it in claims(&client, state).await? {
                print_claim(&it);
            }
            client.close().await
        }
        Action::Confirm { claim, reason, target } => {
            decide(target, *claim, "confirm", reason.clone()).await
        }
        Action::Refuse { claim, reason, target } => {
            decide(target, *claim, "refuse", Some(reason.clone())).await
        }
        Action::Code { device, target } => {
            let client = Client::connect(target).await?;
            let path = format!("/api/v1/devices/{device}/code");
            let made = client.send(client.request(Method::POST, &path)).await?;
            let made: RegistrationCode = made.json().await?;
            println!("{}", made.code);
            println!(
                "# for {} until {}, once: registrationCode of its registration, or header x-registration-code",
                made.enterprise_code, made.expires_at
            );
            client.close().await
        }
    }
}

async fn change(target: &TargetArgs, device: &str, to: &str) -> Result<()> {
    let client = Client::connect(target).await?;
    let ids = match device {
        "all-pending" => {
            let (claimed, ids): (Vec<_>, Vec<_>) = all(&client, Some("pending"))
                .await?
                .into_iter()
                .partition(|it| it.open_claims.unwrap_or(0) > 0);
            for it in claimed {
                println!(
                    "{} is left: others claim its place; look at `nengce device claims`",
                    it.enterprise_code
                );
            }
            ids.into_iter().map(|it| it.device_id).collect()
        }
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
        let query = [("state", state.unwrap_or("")), ("limit", "1000"), ("cursor", &cursor)];
        let request = client.request(Method::GET, "/api/v1/devices").query(&query);
        let page: DeviceList = client.send(request).await?.json().await?;
        rows.extend(page.rows);
        match page.page.next {
            Some(next) => cursor = next,
            None => return Ok(rows),
        }
    }
}

async fn claims(client: &Client, state: &str) -> Result<Vec<ClaimRow>> {
    let mut rows = Vec::new();
    let mut cursor = String::new();
    loop {
        let query = [("state", state), ("limit", "1000"), ("cursor", &cursor)];
        let request = client.request(Method::GET, "/api/v1/claims").query(&query);
        let page: ClaimList = client.send(request).await?.json().await?;
        rows.extend(page.rows);
        match page.page.next {
            Some(next) => cursor = next,
            None => return Ok(rows),
        }
    }
}

async fn decide(target: &TargetArgs, claim: u64, to: &str, reason: Option<String>) -> Result<()> {
    let client = Client::connect(target).await?;
    let request = client
        .request(Method::POST, &format!("/api/v1/claims/{claim}/{to}"))
        .json(&ClaimDecision { reason });
    print_claim(&client.send(request).await?.json().await?);
    client.close().await
}

fn print_registrant(it: &Registrant) -> String {
    let certificate = it.certificate.as_deref().map(|it| it.get(..16).unwrap_or(it));
    format!(
        "{} from {}, certificate {} {}",
        it.profile,
        it.address.as_deref().unwrap_or("unknown"),
        certificate.unwrap_or("none"),
        it.subject.as_deref().unwrap_or("")
    )
}

fn print_claim(it: &ClaimRow) {
    println!(
        "{}  {:<9}  {}  {}\n  claimant: {}, region {}, {} attempts, {} … {}  {}",
        it.claim_id,
        it.state,
        it.enterprise_code,
        it.unit_name,
        print_registrant(&it.claimant),
        it.region,
        it.attempts,
        it.first_at,
        it.last_at,
        it.flags.join(" ")
    );
    match &it.device {
        None => println!("  in place: none"),
        Some(device) => println!(
            "  in place: {} {}, {}, proved by {} at {}, last seen {}; in 7 days {} uploads, {} values, {} refused",
            device.device_id,
            device.state,
            print_registrant(&device.registrant),
            device.proof,
            device.proved_at,
            device.last_seen.as_deref().unwrap_or("never"),
            device.uploads,
            device.readings_stored,
            device.entries_rejected
        ),
    }
}

fn print(it: &DeviceRow) {
    let rotation = match (&it.accepted_until, &it.rotation_asked_at) {
        (Some(until), _) => format!("  old secret, accepted until {until}"),
        (None, Some(at)) => format!("  new secret waits for its terminal since {at}"),
        (None, None) => String::new(),
    };
    println!(
        "{}  {:<8}  {}  {}  {}{rotation}",
        it.device_id,
        it.state,
        it.enterprise_code,
        it.upload_time,
        it.unit_name.as_deref().unwrap_or("")
    );
}
