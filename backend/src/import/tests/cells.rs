//! Reads the cells of a table of readings: each with its own unit of measure, enterprise and statType.

use nengce_shared::problem::ProblemCode;

use crate::import::mapping::columns::ReadingsMapping;
use crate::import::mapping::stamps::Stamps;
use crate::import::sheet::Sheet;
use crate::import::tests::{POWER, plan, read};

#[test]
fn a_bad_cell_refuses_itself_and_two_columns_feed_one_item() {
    const GAS: &str = "00-00-0000-011500-11";
    let text = "日期,用电量(kWh),用电量(万kWh),天然气(万Nm³)\n2026-01-01,100,0.01,2\n2026-01-02,100,,3\n2026-01-03,x,1,4\n2026-01-04,,,5\n";
    let sheet = Sheet::read(text.as_bytes()).unwrap();
    let map = format!("time=日期;{POWER}=用电量(kWh);{POWER}=用电量(万kWh);{GAS}=天然气(万Nm³)");
    let table = read(&plan(&map, Stamps::default()), &sheet);
    // The clock of these tests stands at the first of January.
    let table = table.unwrap();
    let of = |digits: &str| -> Vec<f64> {
        let readings = table.values.iter().filter(|it| it.1.data_code.to_string().contains(digits));
        readings.map(|it| it.1.value).collect()
    };
    assert_eq!((of("0233"), of("0115")), (vec![0.02], vec![2.0]));
    let early = text.replace("2026-", "2025-");
    let table =
        read(&plan(&map, Stamps::default()), &Sheet::read(early.as_bytes()).unwrap()).unwrap();
    let of = |digits: &str| -> Vec<f64> {
        let readings = table.values.iter().filter(|it| it.1.data_code.to_string().contains(digits));
        readings.map(|it| it.1.value).collect()
    };
    assert_eq!((of("0233"), of("0115")), (vec![0.02, 0.01], vec![2.0, 3.0, 4.0, 5.0]));
    let found: Vec<_> = table.rejected.iter().map(|it| (it.index, it.code)).collect();
    use ProblemCode as P;
    assert_eq!(
        found,
        [
            (3, P::ImportValueMissing),
            (4, P::ImportValueUnreadable),
            (5, P::ImportValueMissing),
            (5, P::ImportValueMissing)
        ]
    );
}

#[test]
fn units_of_measure_come_from_the_column_the_row_or_are_asked() {
    let value = |text: &str, column: &str| {
        let sheet = Sheet::read(text.as_bytes()).unwrap();
        let map = format!("time=日期;{POWER}={column}");
        read(&plan(&map, Stamps::default()), &sheet).map(|it| {
            let notes = it.notes.into_iter().map(|it| it.en).collect::<Vec<_>>().join("; ");
            (it.values[0].1.value, notes)
        })
    };
    let (found, notes) = value("日期,用电量(MWh)\n2025-03-01,5\n", "用电量(MWh)").unwrap();
    assert!(found == 0.5 && notes.contains("from MWh"), "{notes}");
    let (found, notes) = value("日期,用电量\n2025-03-01,5\n", "用电量").unwrap();
    assert!(found == 5.0 && notes.contains("names no unit"), "{notes}");
    let text = "单位：万吨标准煤,\n日期,用电量\n2025-03-01,5\n";
    let (found, notes) = value(text, "用电量").unwrap();
    assert!(found == 5.0 && notes.contains("万吨标准煤 of the title does not fit"), "{notes}");
    let found = |text: &str, column: &str| value(text, column).map(|it| it.0).map_err(|it| it.code);
    assert_eq!(found("日期,用电量\n2025-03-01,5\n", "用电量*GWh"), Ok(500.0));
    assert_eq!(found("日期,用电量\n,(MWh)\n2025-03-01,5\n", "用电量"), Ok(0.5));
    assert_eq!(found("单位：kWh,\n日期,用电量\n2025-03-01,5\n", "用电量"), Ok(5e-4));
    let asked = Err(ProblemCode::ImportMeasureUnknown);
    assert_eq!(found("日期,用电量(元)\n2025-03-01,5\n", "用电量(元)"), asked);
    assert_eq!(found("日期,用电量\n2025-03-01,5\n", "用电量*t"), asked);
    assert!(ReadingsMapping::of_map(&format!("time=a;{POWER}=b*foo")).is_err());
    assert!(ReadingsMapping::of_map(&format!("time=a;{POWER}=")).is_err());
    let star = ReadingsMapping::of_map(&format!("time=*日期;{POWER}=*用电量")).unwrap();
    assert_eq!((star.0.as_str(), star.2[0].column.as_str()), ("*日期", "*用电量"));
}

#[test]
fn many_units_stand_in_one_file() {
    let text = "信用代码,日期,电\n911201120000000191,2025-03-01,1\n91120116000096006H,2025-03-01,2\n91120116000099995G,2025-03-01,3\n,2025-03-02,4\n";
    let sheet = Sheet::read(text.as_bytes()).unwrap();
    let table =
        read(&plan(&format!("time=日期;unit=信用代码;{POWER}=电*1"), Stamps::default()), &sheet)
            .unwrap();
    let values: Vec<_> = table.values.iter().map(|it| (it.0, it.1.value)).collect();
    assert_eq!(values, [(7, 1.0), (8, 2.0)]);
    let found: Vec<_> = table.rejected.iter().map(|it| (it.index, it.field.as_str())).collect();
    assert_eq!(found, [(4, "信用代码"), (5, "信用代码")]);
}

#[test]
fn months_and_years_are_told_by_their_column() {
    let stat_types = |text: &str| {
        let sheet = Sheet::read(text.as_bytes()).unwrap();
        let table =
            read(&plan(&format!("time=月份;{POWER}=电*1"), Stamps::default()), &sheet).unwrap();
        let found: Vec<u8> = table.values.iter().map(|it| it.1.stat_type.code()).collect();
        (found, table.rejected.len())
    };
    assert_eq!(stat_types("月份,电\n2025-01,1\n2025年2月,1\n202503,1\n"), (vec![2, 2, 2], 0));
    assert_eq!(stat_types("月份,电\n2023,1\n2024年,1\n"), (vec![3, 3], 0));
    assert_eq!(stat_types("月份,电\n2025-01-01,1\n2025-02,1\n"), (vec![0], 1));
    assert_eq!(stat_types("月份,电\n1999-12,1\n2025-01至2025-02,1\n2025-03,1\n"), (vec![2], 2));
}
