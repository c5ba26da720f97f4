//! Ten thousand terminals that all send their day at once, each over a connection of its own.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::report::{Report, percentile, thousands};
use super::usage;
use super::wire::{Sender, day_request, stored};
use crate::support::enterprise::credit_code;

const TERMINALS: u32 = 10_000;
const ENTRIES: f64 = 97.0;
/// Connections that register the terminals beforehand.
const REGISTRARS: u32 = 64;

pub(super) fn measure(report: &mut Report) -> Result<()> {
    let name = format!("{} terminals send a day of 97 values at once", thousands(TERMINALS.into()));
    report.step(&name);
    let app = super::server::server();
    let address: SocketAddr = app.url().trim_start_matches("http://").parse()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let senders = runtime.block_on(register(address))?;
    let bodies: Vec<Vec<u8>> = senders.iter().map(|it| day_request(it, 300)).collect();
    let pid = app.server.pid();
    let before = (usage::processor_seconds(pid)?, usage::processor_seconds(std::process::id())?);
    let start = Instant::now();
    let (times, again) = runtime.block_on(send_all(address, bodies))?;
    let seconds = start.elapsed().as_secs_f64();
    let server = usage::processor_seconds(pid)? - before.0;
    let client = usage::processor_seconds(std::process::id())? - before.1;
    let rate = f64::from(TERMINALS) * ENTRIES / seconds;
    report.row(
        &name,
        format!(
            "all durable after {seconds:.1} s, {} readings/s; p50 {:.0} p99 {:.0} ms",
            thousands(rate),
            percentile(&times, 0.5),
            percentile(&times, 0.99)
        ),
        format!("{} times told to come again; client {client:.1} CPU s", thousands(again as f64)),
        String::new(),
        &format!("server {server:.1} CPU s, peak {:.0} MiB", usage::peak_mib(pid)?),
    );
    Ok(())
}

async fn register(address: SocketAddr) -> Result<Vec<Sender>> {
    let mut tasks = tokio::task::JoinSet::new();
    for lane in 0..REGISTRARS {
        tasks.spawn(async move {
            let mut stream = TcpStream::connect(address).await?;
            let mut senders = Vec::new();
            for number in (lane..TERMINALS).step_by(REGISTRARS as usize) {
                let code = credit_code(&format!("911201{:02}MA{number:07}", 1 + number % 19));
                let body = format!(r#"{{"enterpriseCode":"{code}","region":"120116"}}"#);
                let request = format!(
                    "POST /register HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
                    body.len()
                );
                let (answer, _) = exchange(&mut stream, request.as_bytes()).await?;
                let answer = String::from_utf8_lossy(&answer).into_owned();
                let json = answer.split_once("\r\n\r\n").context("a body")?.1;
                let json: serde_json::Value = serde_json::from_str(json)?;
                let device = json["deviceId"].as_str().context("a deviceId")?.to_owned();
                senders.push(Sender { device, code });
            }
            Ok::<_, anyhow::Error>(senders)
        });
    }
    let mut senders = Vec::new();
    while let Some(done) = tasks.join_next().await {
        senders.extend(done??);
    }
    ensure!(senders.len() == TERMINALS as usize, "every terminal is registered");
    Ok(senders)
}

/// The milliseconds of each terminal until its success, and how often a terminal was told to try again.
async fn send_all(address: SocketAddr, bodies: Vec<Vec<u8>>) -> Result<(Vec<f64>, usize)> {
    let start = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for body in bodies {
        tasks.spawn(async move {
            let mut again = 0;
            let mut stream = TcpStream::connect(address).await?;
            while !exchange(&mut stream, &body).await?.1 {
                again += 1;
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            Ok::<_, anyhow::Error>((start.elapsed().as_secs_f64() * 1000.0, again))
        });
    }
    let (mut times, mut again) = (Vec::new(), 0);
    while let Some(done) = tasks.join_next().await {
        let (time, more) = done??;
        times.push(time);
        again += more;
    }
    Ok((times, again))
}

async fn exchange(stream: &mut TcpStream, request: &[u8]) -> Result<(Vec<u8>, bool)> {
    stream.write_all(request).await?;
    let mut answer = Vec::with_capacity(1_024);
    loop {
        let read = stream.read_buf(&mut answer).await?;
        ensure!(read > 0, "the server closed the connection");
        if let Some(done) = stored(&answer)? {
            return Ok((answer, done));
        }
    }
}
