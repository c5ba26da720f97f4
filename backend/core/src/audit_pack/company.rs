//! Table 1: who the unit is. Its profile comes from the configuration upload; people and certificates are not in it.

use nengce_shared::api::audit_pack::PackSheet;

use super::facts::Facts;
use super::sheet::{sheet as table, text, with_rows, words};

pub(super) fn sheet(facts: &Facts<'_>) -> PackSheet {
    let (unit, dictionaries) = (&facts.unit, facts.dictionaries);
    let field = |name: &str| {
        let found = unit.profile.iter().find(|it| it.0 == name);
        found.map(|it| it.1.clone()).unwrap_or_default()
    };
    let region = dictionaries.region_name(&unit.region).map_or("", |it| it.0);
    let industry = dictionaries.nearest_industry(&unit.industry);
    let centre = match field("center").as_str() {
        "true" => "已建",
        "false" => "未建",
        _ => "",
    };
    let rows = [
        ("单位名称", unit.name.clone()),
        ("统一社会信用代码", unit.code.clone()),
        ("所在地区", region_words(region, &unit.region)),
        ("领域代码", field("fieldCode")),
        (
            "所属行业",
            format!("{} {}", unit.industry, industry.map_or("", |it| it.name_zh.as_str())),
        ),
        ("单位类型", field("typeName")),
        ("重点用能单位类别", unit.class.clone()),
        ("能源加工转换单位", if unit.converts { "是" } else { "否" }.to_owned()),
        ("法定代表人", String::new()),
        ("联系电话", field("phone")),
        ("地址", field("address")),
        ("能源管理机构", String::new()),
        ("节能主管领导", String::new()),
        ("能源管理负责人", String::new()),
        ("能源管理师证号", String::new()),
        ("能源管理体系认证日期与机构", String::new()),
        ("能源管理中心", centre.to_owned()),
        ("编制人", String::new()),
    ];
    let rows = rows.map(|(name, value)| vec![words(name), words(value)]);
    with_rows(
        table("1", ("企业概况", "The enterprise"), &["项目", "内容"]),
        rows.into(),
        vec![text(
            "来源：单位注册信息和终端上报的配置（enterprise）。法定代表人、能源管理机构、节能主管领导、能源管理负责人、能源管理师证号、体系认证和编制人平台没有数据，由用能单位填写。",
            "From the unit's registration and its configuration upload. The platform has no data about people, certificates and the author; the unit fills them in.",
        )],
    )
}

fn region_words(name: &str, code: &str) -> String {
    format!("{name} {code}").trim().to_owned()
}
