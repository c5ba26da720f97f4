//! Checks of the unit itself: its district, and whether its year is whole.

use nengce_shared::api::audit_pack::PackCheck;

use super::Check;
use crate::audit_pack::facts::Facts;
use crate::audit_pack::key_figures::{self, NOW};
use crate::audit_pack::sheet::{address, text};

pub(super) fn district(facts: &Facts<'_>) -> PackCheck {
    let (region, dictionaries) = (&facts.unit.region, facts.dictionaries);
    let lies = dictionaries.districts().any(|it| it.code == *region);
    let city = dictionaries.city();
    let state = match (city, region.is_empty()) {
        (None, _) | (_, true) => "unknown",
        _ if lies => "ok",
        _ => "wrong",
    };
    let city = city.map_or("", |it| it.name_zh.as_str());
    let name = dictionaries.region_name(region).map_or(region.as_str(), |it| it.0);
    let check = Check {
        code: "district_in_city",
        state,
        sheet: "1",
        cell: Some(address(1, 2)),
        title: text("所在区属于所在城市", "The district lies in the city"),
        figures: (None, None, ""),
    };
    let reason = match state {
        "ok" => text(
            format!("{name}（{region}）在{city}的区划字典中"),
            format!("{region} is a district of the city"),
        ),
        "wrong" => text(
            format!("{name}（{region}）不在{city}的区划字典中"),
            format!("{region} is no district of the city"),
        ),
        _ => text("区划代码或城市未知", "the district or the city is not known"),
    };
    check.says(
        reason,
        text(
            "核对注册信息中的行政区划代码，经变更审批更正",
            "Check the district code of the registration and have it changed",
        ),
    )
}

pub(super) fn whole_year(facts: &Facts<'_>) -> PackCheck {
    let year = facts.of_year(facts.year);
    let months = year.map_or(0, |it| it.months);
    let (needed, share) = (f64::from(key_figures::MONTHS), year.and_then(|it| it.completeness));
    let least = nengce_shared::quality::COMPLETENESS_THRESHOLD;
    let state = match (year.is_some_and(key_figures::is_whole), share) {
        (false, _) => "wrong",
        (true, Some(share)) if share < least => "wrong",
        (true, Some(_)) => "ok",
        (true, None) => "unknown",
    };
    let check = Check {
        code: "whole_year",
        state,
        sheet: "2",
        cell: Some(address(NOW, key_figures::row("months"))),
        title: text("审计年数据完整", "The audit year is complete"),
        figures: (Some(f64::from(months)), Some(needed), "个月"),
    };
    let percent = nengce_shared::number::completeness(share);
    let reason = text(
        format!(
            "{months} 个月有数据，完整率 {percent}（要求 12 个月、{}）",
            nengce_shared::number::threshold(least)
        ),
        format!(
            "{months} months have data, completeness {percent} (12 months and {} are needed)",
            nengce_shared::number::threshold(least)
        ),
    );
    check.says(
        reason,
        text(
            "在“填报与答复”补报缺失的数据后重新生成",
            "Fill the gaps on the page of submissions and make the pack again",
        ),
    )
}
