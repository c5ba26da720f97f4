//! The role of each column: a column has one role, and a role stands for one column.

use nengce_shared::api::imports::{ImportMapping, MappedField, MappedItem};
use nengce_shared::quantity::Heading;

pub const TIME: &str = "time";
pub const ITEM: &str = "item";
pub const UNIT: &str = "unit";
pub const MEASURE: &str = "measure";

/// The role of a column; empty text where it is left out.
pub fn role_of(mapping: &ImportMapping, column: &str) -> String {
    if mapping.kind != "readings" {
        let field = mapping.fields.iter().find(|it| it.column == column);
        return field.map_or_else(String::new, |it| it.field.clone());
    }
    if mapping.time_column.as_deref() == Some(column) {
        TIME.to_owned()
    } else if mapping.unit_column.as_deref() == Some(column) {
        UNIT.to_owned()
    } else if mapping.items.iter().any(|it| it.unit_column.as_deref() == Some(column)) {
        MEASURE.to_owned()
    } else if mapping.items.iter().any(|it| it.column == column) {
        ITEM.to_owned()
    } else {
        String::new()
    }
}

/// A field stands for one column, a column for one field.
pub fn set_role(mapping: &mut ImportMapping, column: &str, role: &str) {
    mapping.fields.retain(|it| it.column != column && it.field != role);
    mapping.items.retain(|it| it.column != column);
    mapping.time_column.take_if(|it| it == column || role == TIME);
    mapping.unit_column.take_if(|it| it == column || role == UNIT);
    for it in &mut mapping.items {
        it.unit_column.take_if(|it| it == column || role == MEASURE);
    }
    match role {
        "" => {}
        _ if mapping.kind != "readings" => {
            mapping.fields.push(MappedField { field: role.to_owned(), column: column.to_owned() })
        }
        TIME => mapping.time_column = Some(column.to_owned()),
        UNIT => mapping.unit_column = Some(column.to_owned()),
        MEASURE => {
            for it in mapping.items.iter_mut() {
                (it.unit_column, it.multiplier) = (Some(column.to_owned()), None);
            }
        }
        _ => mapping.items.push(MappedItem {
            column: column.to_owned(),
            data_code: String::new(),
            multiplier: None,
            unit: Heading::of(column).unit,
            unit_column: None,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_one_role_and_a_role_one_column() {
        let mut mapping = ImportMapping::of_kind("readings");
        set_role(&mut mapping, "a", TIME);
        set_role(&mut mapping, "b", ITEM);
        set_role(&mut mapping, "b", TIME);
        assert_eq!(
            (role_of(&mapping, "a"), role_of(&mapping, "b")),
            (String::new(), TIME.to_owned())
        );
        assert!(mapping.items.is_empty());
        let mut mapping = ImportMapping::of_kind("economy");
        set_role(&mut mapping, "a", "month");
        set_role(&mut mapping, "b", "month");
        assert_eq!(
            (role_of(&mapping, "a"), role_of(&mapping, "b")),
            (String::new(), "month".to_owned())
        );
        set_role(&mut mapping, "b", "");
        assert!(mapping.fields.is_empty());
    }
}
