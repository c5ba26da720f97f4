//! Registers a terminal with a running server, sends one reading and prints what the day comes to:
//! `cargo run -p nengce-tests --example send_reading -- http://127.0.0.1:8080`. The server approves the terminal itself
//! when it runs the demo city; another server holds the reading until an operator approves the terminal.

use anyhow::{Context, Result, ensure};
use nengce_shared::credit_code::CreditCode;
use nengce_shared::data_code::DataCode;
use nengce_shared::stat_type::StatType;
use reqwest::blocking::Client;
use serde_json::{Value, json};

fn main() -> Result<()> {
    let server = std::env::args().nth(1).unwrap_or_else(|| "http://127.0.0.1:8080".to_owned());
    let unit = CreditCode::parse("91120110MA06ABCDX2")?.to_string();
    let electricity = DataCode::parse_strict("00-00-0000-023300-11")?;
    let client = Client::new();
    let post = |address: &str, message: &Value| -> Result<Value> {
        let answer: Value = client.post(address).json(message).send()?.json()?;
        ensure!(answer["responseCode"] == "0", "the server refuses: {answer}");
        Ok(answer)
    };

    // The answer to a registration names the device and the addresses that it is to use.
    let registration = json!({"enterpriseCode": unit, "region": "120110"});
    let registered = post(&format!("{server}/register"), &registration)?;
    let device = registered["deviceId"].as_str().context("no device id")?;
    let address = registered["centerDataURL"].as_str().context("no address for data")?;

    let reading = json!({
        "dataCode": electricity.to_string(), "dataValue": 12.5, "inputType": 4, "statType": StatType::Day,
        "statDate": "2025-01-15 00:00:00", "uploadDate": "2025-01-16 01:38:00", "scope": 1, "valid": true,
    });
    let message = json!({"deviceId": device, "enterpriseCode": unit, "data": [reading]});
    post(address, &message)?;

    let day = "from=2025-01-15&to=2025-01-15&grain=day&basis=calorific";
    let energy: Value =
        client.get(format!("{server}/api/v1/units/{unit}/energy?{day}")).send()?.json()?;
    println!("{} tce on 15 January 2025 (calorific)", energy["total_tce"]);
    Ok(())
}
