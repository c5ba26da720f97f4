//! Units of both languages, dimensions, and headings whose item or unit was misread.

use super::*;

fn to(unit: &str, into: &str) -> f64 {
    factor(Some(unit), into).unwrap_or_else(|it| panic!("{unit}: {it:?}"))
}

#[test]
fn units_convert_exactly_whatever_their_spelling() {
    for it in ["kWh", "kwh", "KWH", "kW·h", "kW.h", "kW h", "ＫＷｈ", "千瓦时", "度", "千瓦小时"]
    {
        assert_eq!(to(it, "10^4 kWh"), 1e-4, "{it}");
    }
    for it in ["万kWh", "万千瓦时", "10^4 kWh", "10⁴kWh", "10000kWh", "万度"] {
        assert_eq!(to(it, "10^4 kWh"), 1.0, "{it}");
    }
    assert_eq!((to("MWh", "10^4 kWh"), to("GWh", "10^4 kWh")), (0.1, 100.0));
    assert_eq!((to("亿千瓦时", "10^4 kWh"), to("亿kWh", "10^4 kWh")), (1e4, 1e4));
    for it in ["万m³", "万Nm³", "万标准立方米", "万立方米", "10^4m3", "万 m^3", "万㎥", "万方"]
    {
        assert_eq!(to(it, "10^4 m3"), 1.0, "{it}");
    }
    for it in ["m3", "Nm3", "Nm³", "立方米", "标方", "标准立方米"] {
        assert_eq!(to(it, "10^4 m3"), 1e-4, "{it}");
    }
    assert_eq!((to("千m3", "10^4 m3"), to("亿立方米", "10^4 m3")), (0.1, 1e4));
    assert_eq!(
        (to("kg", "t"), to("公斤", "t"), to("万吨", "t"), to("千吨", "t")),
        (1e-3, 1e-3, 1e4, 1e3)
    );
    assert_eq!(
        (to("百万千焦", "GJ"), to("MJ", "GJ"), to("TJ", "GJ"), to("吉焦", "GJ")),
        (1.0, 1e-3, 1e3, 1.0)
    );
    assert_eq!((to("MWh", "GJ"), to("Gcal", "GJ"), to("百万大卡", "GJ")), (3.6, 4.1868, 4.1868));
    assert!((to("MMBtu", "GJ") - 1.055_055_852_62).abs() < 1e-12);
    assert!((to("therm", "GJ") - 0.105_505_585_262).abs() < 1e-13);
    assert!((to("立方英尺", "10^4 m3") - 2.831_684_659_2e-6).abs() < 1e-18);
    assert_eq!((to("吨标准煤", "tce"), to("kgce", "tce"), to("万tce", "tce")), (1.0, 1e-3, 1e4));
}

#[test]
fn dimensions_are_never_crossed_and_nothing_unknown_is_one() {
    let kind = |unit: Option<&str>, to: &str| match factor(unit, to) {
        Err(Unconvertible::Dimension { .. }) => "dimension",
        Err(Unconvertible::Unknown { .. }) => "unknown",
        Err(Unconvertible::Missing { .. }) => "missing",
        Ok(_) => "converted",
    };
    for (unit, to) in [
        ("kWh", "10^4 m3"),
        ("t", "GJ"),
        ("m3", "GJ"),
        ("L", "t"),
        ("kW", "10^4 kWh"),
        ("kvarh", "10^4 kWh"),
        ("元", "10^4 kWh"),
        ("吨标准煤", "t"),
        ("tce", "10^4 kWh"),
        ("%", "t"),
    ] {
        assert_eq!(kind(Some(unit), to), "dimension", "{unit} → {to}");
    }
    for unit in ["单位", "元/kWh", "kg/h", "104m3", "mt", "万", "foo"] {
        assert_eq!(kind(Some(unit), "t"), "unknown", "{unit}");
    }
    assert_eq!((kind(None, "t"), kind(Some(" "), "t")), ("missing", "missing"));
}

/// The item and the factor of a heading; the factor is NaN where a person has to state it.
fn item(heading: &str) -> Option<(String, f64)> {
    let found = of_column(heading, None, None)?;
    let digits = found.data_code["00-00-0000-".len()..][..6].to_owned();
    Some((digits, found.factor.unwrap_or(f64::NAN)))
}

#[test]
fn headings_give_the_item_and_its_factor() {
    for (heading, digits, factor) in [
        ("用电量(kWh)", "023300", 1e-4),
        ("*用电量(万kWh)", "023300", 1.0),
        ("有功电量(kWh)", "023300", 1e-4),
        ("电力消费量（万千瓦时）", "023300", 1.0),
        ("Electricity (GWh)", "023300", 100.0),
        ("electricity 10^4 kWh", "023300", 1.0),
        ("Usage_kWh", "023300", 1e-4),
        ("kWh", "023300", 1e-4),
        ("用电量kWh", "023300", 1e-4),
        ("耗电量 单位：MWh", "023300", 0.1),
        ("天然气(万Nm³)", "011500", 1.0),
        ("天然气(万标准立方米)", "011500", 1.0),
        ("天然气消耗量(Nm3)", "011500", 1e-4),
        ("Natural gas consumption [m3]", "011500", 1e-4),
        ("原煤/kg", "010100", 1e-3),
        ("coke t", "020900", 1.0),
        ("热力(MWh)", "023200", 3.6),
        ("外购热力(百万千焦)", "023200", 1.0),
        ("焦炉煤气(km3)", "021100", 0.1),
        ("天然气(kNm³)", "011500", 0.1),
        ("用电〔kWh〕", "023300", 1e-4),
        ("用电量（MWh，当月）", "023300", 0.1),
        ("用电「MWh」", "023300", 0.1),
        ("用电<度>", "023300", 1e-4),
        ("用电(10⁷kWh)", "023300", 1000.0),
        ("用电(10³kWh)", "023300", 0.1),
    ] {
        assert_eq!(item(heading), Some((digits.to_owned(), factor)), "{heading}");
    }
}

#[test]
fn what_has_no_unit_or_another_dimension_is_asked() {
    for heading in [
        "用电量",
        "天然气(kWh)",
        "蒸汽(t)",
        "柴油(L)",
        "电力(kW)",
        "用电量(千千瓦)",
        "天然气(立方码)",
        "用电量(元)",
        "天然气 m³/d",
        "天然气_Nm3/h",
        "用电 MWh/月",
        "用电 kWh 倍率80",
        "蒸汽 GJ/h",
        "蒸汽 t/h",
        "原煤 t/d",
    ] {
        let (_, factor) = item(heading).unwrap_or_else(|| panic!("{heading}"));
        assert!(factor.is_nan(), "{heading}: {factor}");
    }
}

#[test]
fn totals_money_power_and_generation_are_left_unmapped() {
    for heading in [
        "电费(元)",
        "无功电量(kvarh)",
        "电压(V)",
        "电价(元/kWh)",
        "单价",
        "光伏发电量(kWh)",
        "发电量(kWh)",
        "上网电量(万kWh)",
        "综合能耗(吨标准煤)",
        "综合能源消费量(tce)",
        "电力折标煤(吨)",
        "总用电量(kWh)",
        "合计",
        "有功功率(kW)",
        "Lagging_Current_Reactive.Power_kVarh",
        "CO2(tCO2)",
        "备注",
        "煤气炉编号",
        "热水器数量(台)",
    ] {
        assert_eq!(item(heading), None, "{heading}");
    }
}

#[test]
fn the_row_below_and_the_title_name_units_too() {
    let below = of_column("用电量", Some("MWh"), Some("kWh")).map(|it| it.factor);
    assert_eq!(below, Some(Ok(0.1)));
    let title = of_column("用电量", None, Some("kWh")).map(|it| it.factor);
    assert_eq!(title, Some(Ok(1e-4)));
    let other = of_column("天然气", None, Some("kWh")).map(|it| it.factor);
    assert!(matches!(other, Some(Err(Unconvertible::Missing { .. }))));
}
