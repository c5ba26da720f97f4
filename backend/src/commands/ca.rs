//! `nengce ca init|issue|revoke|list`: an authority for the certificates of terminals, for cities that have no other.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use clap::Subcommand;
use nengce_shared::credit_code::CreditCode;

use crate::certificate_authority::{Authority, CERTIFICATE, REVOCATIONS};
use crate::clock::Clock;

/// A day more or less of a certificate's life is nothing that a configuration would be read for.
const ZONE: &str = "Asia/Shanghai";

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Make a new authority
    Init {
        #[command(flatten)]
        place: Place,
        /// Its name, as certificates say it
        #[arg(long, default_value = "Nengce terminals")]
        name: String,
        #[arg(long, default_value_t = 20)]
        years: u16,
    },
    /// Issue a certificate for the terminal of an enterprise
    Issue {
        /// Credit code of the enterprise
        code: String,
        #[command(flatten)]
        place: Place,
        #[arg(long, default_value_t = 730)]
        days: u32,
    },
    /// Revoke certificates; the server refuses them from the next request on
    Revoke {
        /// Credit code of an enterprise, or the first 8 digits or more of a serial number
        named: String,
        #[command(flatten)]
        place: Place,
    },
    /// Certificates with their enterprise and their standing
    List {
        #[command(flatten)]
        place: Place,
    },
}

#[derive(clap::Args)]
struct Place {
    /// Folder of the authority; keep its key away from the server where you can
    #[arg(long, value_name = "DIR")]
    folder: PathBuf,
}

pub fn run(args: &Args) -> Result<()> {
    let today = Clock::new(ZONE)?.today();
    match &args.action {
        Action::Init { place, name, years } => {
            Authority::init(&place.folder, name, (today, *years))?;
            let file = |name: &str| place.folder.join(name).display().to_string();
            println!("tls_client_authorities = {:?}", file(CERTIFICATE));
            println!("tls_client_revocations = {:?}", file(REVOCATIONS));
        }
        Action::Issue { code, place, days } => {
            let code = CreditCode::parse(code).map_err(|it| anyhow!("{code}: {it}"))?;
            let mut authority = Authority::open(&place.folder)?;
            let (certificate, key) = authority.issue(&code, (today, *days))?;
            println!("{}\n{}", certificate.display(), key.display());
        }
        Action::Revoke { named, place } => {
            let count = Authority::open(&place.folder)?.revoke(named, today)?;
            println!("{count} revoked");
        }
        Action::List { place } => {
            for it in Authority::open(&place.folder)?.issued {
                let standing = match it.revoked_on {
                    Some(day) => format!("revoked {day}"),
                    None if it.valid_until < today => "expired".to_owned(),
                    None => "in force".to_owned(),
                };
                println!(
                    "{}  {}  {} – {}  {standing}",
                    it.serial, it.credit_code, it.issued_on, it.valid_until
                );
            }
        }
    }
    Ok(())
}
