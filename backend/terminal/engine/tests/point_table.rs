//! The point table as a file: what is wrong is named by row and column, and export reads back the same.

use nengce_engine::points::{Kind, Point, preview, to_csv, to_xlsx};

#[test]
fn errors_name_row_and_column() {
    let text = "编号,名称,类型,来源,地址,系数,数据编码\n\
        P01,一号进线,累计,plc,40001,1,00-00-0000-023300-11\n\
        \n\
        P01,二号进线,counters,plc,40003,x,12\n\
        F01,合计,公式,,P01 + P09,1,\n";
    let seen = preview(text.as_bytes(), &[]);
    let places: Vec<_> = seen.problems.iter().map(|it| (it.row, it.column.as_str())).collect();
    assert!(places.contains(&(4, "id")) || places.contains(&(3, "id")), "{places:?}");
    for column in ["kind", "factor", "dataCode", "address"] {
        assert!(places.iter().any(|it| it.1 == column), "{column}: {places:?}");
    }
}

#[test]
fn csv_and_xlsx_read_back_the_same() {
    let mut point = Point::new("P01", "1# 进线, \"有功\"", Kind::Counter);
    point.source = "line".into();
    point.address = "202107072529:00000000".into();
    point.unit = "kWh".into();
    point.data_code = Some("00-00-0000-023300-11".parse().unwrap());
    point.digits = Some(6);
    point.max_rate = Some(1200.5);
    point.multipliers = vec![nengce_engine::Multiplier {
        from: nengce_engine::seconds_of(2026, 1, 1),
        value: 80.0,
    }];
    let mut formula = Point::new("F01", "合计", Kind::Formula);
    formula.address = "P01 × 2".into();
    let table = vec![point, formula];
    for bytes in [to_csv(&table).unwrap(), to_xlsx(&table).unwrap()] {
        let seen = preview(&bytes, &table);
        assert_eq!(seen.problems, []);
        assert_eq!(seen.points, table);
        assert!(seen.added.is_empty() && seen.changed.is_empty() && seen.removed.is_empty());
    }
    let seen = preview(&to_csv(&table[..1]).unwrap(), &[Point::new("P09", "", Kind::Manual)]);
    assert_eq!((seen.added, seen.removed), (vec!["P01".to_owned()], vec!["P09".to_owned()]));
}
