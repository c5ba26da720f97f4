//! `GET /api/v1/intensity?by=region|industry|unit`.

use axum::extract::State;
use axum::response::Response;
use nengce_analysis::intensity::{By, intensity};
use nengce_shared::api::intensity::{IntensityGroup, IntensityView, ProductPoint, ScatterPoint};
use nengce_shared::lang::Lang;

use super::CityQuery;
use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Cell, Column, Table};
use crate::http::state::AppState;
use crate::http::views::{ViewRequest, parameters};

/// Lists of the answer that can be had as a table.
pub const TABLES: [&str; 4] = ["groups", "points", "paths", "products"];

pub async fn get_intensity(
    State(state): State<AppState>,
    request: ViewRequest,
) -> ApiResult<Response> {
    let params = request.params(&parameters::with(&["by", "table"]))?;
    let by = params.one_of("by", &By::WORDS, By::parse)?.unwrap_or_default();
    let list =
        params.one_of("table", &TABLES, |word| TABLES.iter().copied().find(|it| *it == word))?;
    let derive = |of: CityQuery<'_>| Ok(intensity(of.evaluation, by));
    request
        .view(&state, &params, derive, |view, lang| table(view, list.unwrap_or("groups"), lang))
        .await
}

fn table(view: &IntensityView, list: &str, lang: Lang) -> Table {
    match list {
        "points" => Table::of("intensity-points", &view.points, &POINTS, lang),
        "paths" => paths(view, lang),
        "products" => products(view, lang),
        _ => Table::of("intensity-groups", &view.groups, &GROUPS, lang),
    }
}

fn head(all: &[(&str, &str)], lang: Lang) -> Vec<String> {
    all.iter().map(|(zh, en)| lang.pick(zh, en).to_owned()).collect()
}

fn paths(view: &IntensityView, lang: Lang) -> Table {
    let rows = view.groups.iter().flat_map(|group| {
        group.path.iter().map(move |point| {
            vec![
                group.name.code.as_str().into(),
                lang.pick(&group.name.zh, &group.name.en).into(),
                Cell::Number(point.year.into()),
                point.change.into(),
                point.required.into(),
                point.partial.into(),
            ]
        })
    });
    let names = [
        ("代码", "Code"),
        ("名称", "Name"),
        ("年份", "Year"),
        ("累计变化", "Cumulative change"),
        ("应降路径", "Required path"),
        ("年份未完", "Year not complete"),
    ];
    Table::new("intensity-paths", head(&names, lang), rows.collect())
}

fn products(view: &IntensityView, lang: Lang) -> Table {
    let point =
        |it: &ProductPoint| [it.unit.enterprise_code.as_str().into(), it.unit.name.as_str().into()];
    let rows = view.products.iter().flat_map(|product| {
        product.points.iter().map(move |product_point| {
            let [code, name]: [Cell; 2] = point(product_point);
            let limits = &product.limits;
            vec![
                product.code.as_str().into(),
                lang.pick(&product.zh, &product.en).into(),
                code,
                name,
                product_point.value.into(),
                product.unit.as_str().into(),
                product_point.output.into(),
                limits.benchmark.into(),
                limits.baseline.into(),
                limits.edition.as_str().into(),
                limits.certainty.as_str().into(),
            ]
        })
    });
    let names = [
        ("产品代码", "Product code"),
        ("产品", "Product"),
        ("统一社会信用代码", "Credit code"),
        ("单位", "Unit"),
        ("单位产品能耗", "Unit consumption"),
        ("计量单位", "Measured in"),
        ("产量", "Output"),
        ("标杆水平", "Benchmark"),
        ("基准水平", "Baseline"),
        ("来源", "Source"),
        ("确定性", "Certainty"),
    ];
    Table::new("intensity-products", head(&names, lang), rows.collect())
}

const GROUPS: [Column<IntensityGroup>; 10] = [
    Column::new("代码", "Code", |it, _| it.name.code.as_str().into()),
    Column::new("名称", "Name", |it, lang| lang.pick(&it.name.zh, &it.name.en).into()),
    Column::new("能耗 tce", "Energy, tce", |it, _| it.tce.into()),
    Column::new("增加值 万元", "Value added, 10^4 yuan", |it, _| it.value_added.into()),
    Column::new("强度 tce/万元", "Intensity, tce/10^4 yuan", |it, _| it.intensity.value.into()),
    Column::new("对比期", "Comparison", |it, _| it.intensity.previous.into()),
    Column::percent("较对比期", "Change", |it, _| it.intensity.change.into()),
    Column::percent("应降", "Required fall", |it, _| it.intensity.required_fall.into()),
    Column::new("与全体之比", "Against the whole", |it, _| it.against_whole.into()),
    Column::new("等级", "Level", |it, lang| it.warning.level.label(lang).into()),
];

const POINTS: [Column<ScatterPoint>; 7] = [
    Column::new("统一社会信用代码", "Credit code", |it, _| {
        it.unit.enterprise_code.as_str().into()
    }),
    Column::new("单位", "Unit", |it, _| it.unit.name.as_str().into()),
    Column::new("区划", "Region", |it, lang| {
        lang.pick(&it.unit.region.zh, &it.unit.region.en).into()
    }),
    Column::new("行业", "Industry", |it, lang| {
        lang.pick(&it.unit.industry.zh, &it.unit.industry.en).into()
    }),
    Column::new("能耗 tce", "Energy, tce", |it, _| it.tce.into()),
    Column::new("增加值 万元", "Value added, 10^4 yuan", |it, _| it.value_added.into()),
    Column::new("强度 tce/万元", "Intensity, tce/10^4 yuan", |it, _| it.intensity.into()),
];
