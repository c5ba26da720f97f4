//! What an administrator does for the simulated city: approve terminals, import lists.

use std::collections::HashMap;

use anyhow::{Result, bail};
use nengce_core::city::DemoCity;
use nengce_core::city::economy::{EconomyRow, PRICE_YEAR, TargetRow};
use nengce_shared::api::unit::DeviceList;
use nengce_shared::mask::mask;

/// Address of the server and, with a token, the right to approve and import.
#[derive(Debug, Clone)]
pub struct Admin {
    pub http: reqwest::Client,
    pub server: String,
    pub token: Option<String>,
    /// Whether terminals have to be approved one by one.
    pub approves: bool,
}

impl Admin {
    /// The devices that enterprises have already, by credit code: a terminal that is started again knows its id, and the
    /// server tells it to administrators.
    pub async fn devices(&self) -> Result<HashMap<String, String>> {
        let mut known = HashMap::new();
        let Some(token) = &self.token else {
            return Ok(known);
        };
        let mut cursor = String::new();
        loop {
            let response = self
                .http
                .get(format!("{}/api/v1/devices", self.server))
                .query(&[("limit", "1000"), ("cursor", &cursor)])
                .bearer_auth(token)
                .send()
                .await?;
            if !response.status().is_success() {
                bail!("the list of devices: {}", response.text().await?);
            }
            let page: DeviceList = response.json().await?;
            // Without a proof it was replaced or released.
            let standing = page.rows.into_iter().filter(|it| it.proof.is_some());
            known.extend(standing.map(|it| (it.enterprise_code, it.device_id)));
            match page.page.next {
                Some(next) => cursor = next,
                None => return Ok(known),
            }
        }
    }

    pub async fn approve(&self, device_id: &str) -> Result<()> {
        let (Some(token), true) = (&self.token, self.approves) else {
            return Ok(());
        };
        let url = format!("{}/api/v1/devices/{device_id}/approve", self.server);
        let response = self.http.post(url).bearer_auth(token).send().await?;
        if !response.status().is_success() {
            bail!("approval of {}: {}", mask(device_id), response.text().await?);
        }
        Ok(())
    }

    async fn import(&self, kind: &str, csv: String) -> Result<()> {
        let Some(token) = &self.token else {
            return Ok(());
        };
        let url = format!("{}/api/v1/imports/{kind}?file=simulated-{kind}.csv", self.server);
        let response = self
            .http
            .post(url)
            .bearer_auth(token)
            .header("content-type", "text/csv")
            .body(csv)
            .send()
            .await?;
        if !response.status().is_success() {
            bail!("import of {kind}: {}", response.text().await?);
        }
        Ok(())
    }

    /// The list of units, those that will never send included.
    pub async fn units(&self, city: &DemoCity) -> Result<()> {
        let mut csv = "enterprise_code,name,region_code,industry_code,class\n".to_owned();
        for it in &city.units {
            let class = it.class.as_str();
            csv.push_str(&format!(
                "{},{},{},{},{class}\n",
                it.enterprise_code, it.name, it.region, it.industry
            ));
        }
        self.import("units", csv).await
    }

    pub async fn economy(&self, rows: &[EconomyRow]) -> Result<()> {
        let mut csv = "region_code,month,value_added,price_year,estimated,source\n".to_owned();
        for it in rows {
            csv.push_str(&format!(
                "{},{},{},{PRICE_YEAR},false,示意数据\n",
                it.region, it.month, it.value_added
            ));
        }
        self.import("economy", csv).await
    }

    pub async fn targets(&self, rows: &[TargetRow]) -> Result<()> {
        let mut csv = "scope,code,kind,from_year,to_year,value,basis,source\n".to_owned();
        for it in rows {
            let (from, to) = (it.from_year, it.to_year);
            csv.push_str(&format!(
                "region,{},{},{from},{to},{},equivalent,示意目标\n",
                it.region, it.kind, it.value
            ));
        }
        self.import("targets", csv).await
    }
}
