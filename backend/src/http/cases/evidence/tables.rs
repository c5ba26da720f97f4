//! The tables that a case freezes: readings by day and month, findings of quality, meters with certificates, terminals with
//! their approval.

use nengce_core::quality::RULES;
use nengce_shared::api::case_papers::EvidenceTable;
use nengce_shared::case::EvidenceKind;
use nengce_shared::mask::mask;
use nengce_shared::period::DayRange;
use nengce_shared::stat_type::StatType;

use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::cases::CaseHead;
use crate::store::quality::list::{FindingQuery, findings};
use crate::store::queries::readings::{Place, ReadingQuery, page};
use crate::store::queries::unit_card::{self, Owner};
use crate::store::unit_ids::UnitIds;

/// A table with a sentence about it.
pub(super) struct Frozen {
    pub kind: EvidenceKind,
    pub zh: String,
    pub en: String,
    pub table: EvidenceTable,
}

fn table(keys: u32, heads: &[(&str, &str)], rows: Vec<Vec<String>>) -> EvidenceTable {
    EvidenceTable {
        heads_zh: heads.iter().map(|it| it.0.to_owned()).collect(),
        heads_en: heads.iter().map(|it| it.1.to_owned()).collect(),
        keys,
        rows,
    }
}

fn words(it: Option<String>) -> String {
    it.unwrap_or_default()
}

/// All tables of a unit and a span of days, as they are now.
pub(super) async fn collect(
    state: &AppState,
    head: &CaseHead,
    span: DayRange,
) -> ApiResult<Vec<Frozen>> {
    let all = [
        readings(state, head, span).await?,
        quality(state, head, span).await?,
        meters(state, head).await?,
        terminals(state, head).await?,
    ];
    Ok(all.into())
}

async fn readings(state: &AppState, head: &CaseHead, span: DayRange) -> ApiResult<Frozen> {
    let most = state.config.max_frozen_rows;
    let after = span.to().tomorrow().unwrap_or(span.to());
    let query = |of: StatType| ReadingQuery {
        unit: head.unit_id,
        data_code: String::new(),
        stat_type: of.code() as i16,
        from: span.from().to_string(),
        before: after.to_string(),
    };
    let both = [query(StatType::Day), query(StatType::Month)];
    let ask = move |conn: &_| {
        let mut rows = Vec::new();
        for it in &both {
            rows.extend(page(conn, it, &Place::default(), most + 1)?.rows);
        }
        Ok(rows)
    };
    let rows = state.store.read(ask).await?;
    if rows.len() > most as usize {
        let words = format!(
            "max_frozen_rows = {most}：这一时段的读数太多，请缩短 / too many readings in these days: name fewer days"
        );
        return Err(ApiError::parameter("from", words));
    }
    let dictionaries = state.dictionaries();
    let rows: Vec<Vec<String>> = rows
        .into_iter()
        .map(|it| {
            let unit = dictionaries.unit_of_measure(&it.data_code);
            let by_hand = it.input_type.map(|it| it.to_string());
            let valid = if it.valid { "1" } else { "0" };
            let period = if it.stat_type == StatType::Day { "day" } else { "month" };
            vec![
                it.data_code,
                period.to_owned(),
                it.stat_date,
                it.value.to_string(),
                words(unit),
                valid.to_owned(),
                words(by_hand),
                it.received_at,
            ]
        })
        .collect();
    let (from, to, count) = (span.from(), span.to(), rows.len());
    Ok(Frozen {
        kind: EvidenceKind::Readings,
        zh: format!("{from} 至 {to}，日值与月值 {count} 个"),
        en: format!("{from} to {to}, {count} daily and monthly values"),
        table: table(
            3,
            &[
                ("数据编码", "Data code"),
                ("周期", "Period"),
                ("数据时间", "Time"),
                ("数值", "Value"),
                ("计量单位", "Unit"),
                ("有效", "Valid"),
                ("采集方式", "Input type"),
                ("收到时间", "Received at"),
            ],
            rows,
        ),
    })
}

async fn quality(state: &AppState, head: &CaseHead, span: DayRange) -> ApiResult<Frozen> {
    let wanted = FindingQuery {
        units: UnitIds::of([head.unit_id]),
        rules: RULES.iter().map(|it| it.name).collect(),
        limit: state.config.max_frozen_rows,
        ..FindingQuery::default()
    };
    let found = state.store.read(move |conn| findings(conn, &wanted)).await?;
    let (from, to) = (span.from().to_string(), span.to().to_string());
    let rows: Vec<Vec<String>> = found
        .into_iter()
        .filter(|it| it.from <= to && it.to >= from)
        .map(|it| {
            let measure = it.measure.to_string();
            vec![it.id.to_string(), it.rule, words(it.data_code), it.from, it.to, it.state, measure]
        })
        .collect();
    let count = rows.len();
    let open = rows.iter().filter(|it| it[5] == "open").count();
    Ok(Frozen {
        kind: EvidenceKind::Quality,
        zh: format!("{from} 至 {to}，质量问题 {count} 个，其中未处理 {open} 个"),
        en: format!("{from} to {to}, {count} findings, {open} of them open"),
        table: table(
            1,
            &[
                ("问题编号", "Finding"),
                ("规则", "Rule"),
                ("数据编码", "Data code"),
                ("起", "From"),
                ("止", "To"),
                ("状态", "State"),
                ("量度", "Measure"),
            ],
            rows,
        ),
    })
}

async fn meters(state: &AppState, head: &CaseHead) -> ApiResult<Frozen> {
    let (unit, today) = (head.unit_id, state.clock.today().to_string());
    let found = state.store.read(move |conn| Ok(unit_card::meters(conn, unit, &today)?)).await?;
    let (count, overdue) = (found.len(), found.iter().filter(|it| it.overdue).count());
    let row = |it: nengce_shared::api::unit::MeterRow| {
        vec![
            it.meter_code,
            it.name,
            words(it.energy_type),
            words(it.accuracy_class),
            words(it.last_calibration),
            words(it.next_calibration),
            it.data_codes.join(" "),
        ]
    };
    Ok(Frozen {
        kind: EvidenceKind::Meters,
        zh: format!("计量器具 {count} 台，检定逾期 {overdue} 台"),
        en: format!("{count} meters, {overdue} overdue for calibration"),
        table: table(
            1,
            &[
                ("器具编号", "Meter"),
                ("名称", "Name"),
                ("能源", "Energy type"),
                ("准确度等级", "Accuracy class"),
                ("上次检定", "Last calibration"),
                ("有效期至", "Next calibration"),
                ("数据编码", "Data codes"),
            ],
            found.into_iter().map(row).collect(),
        ),
    })
}

async fn terminals(state: &AppState, head: &CaseHead) -> ApiResult<Frozen> {
    let (unit, columns) = (head.unit_id, head.unit.clone());
    let ask = move |conn: &_| {
        let owner =
            Owner { id: unit, code: &columns.code, name: &columns.name, region: &columns.region };
        Ok(unit_card::devices(conn, &owner)?)
    };
    let found = state.store.read(ask).await?;
    let approved = found.iter().filter(|it| it.state == "approved").count();
    let (count, row) = (found.len(), |it: nengce_shared::api::unit::DeviceRow| {
        let id = mask(&it.device_id);
        vec![id, it.state, it.registered_at, words(it.approved_at), words(it.approved_by)]
    });
    Ok(Frozen {
        kind: EvidenceKind::Terminal,
        zh: format!("终端 {count} 台，已核准 {approved} 台"),
        en: format!("{count} terminals, {approved} of them approved"),
        table: table(
            1,
            &[
                ("终端（末四位）", "Terminal (last four)"),
                ("状态", "State"),
                ("注册时间", "Registered at"),
                ("核准时间", "Approved at"),
                ("核准人", "Approved by"),
            ],
            found.into_iter().map(row).collect(),
        ),
    })
}
