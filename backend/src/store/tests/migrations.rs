//! Folders of earlier versions are brought to this one.

use duckdb::Connection;

use crate::store::database::meta::set_meta;
use crate::store::database::migrate::{MIGRATIONS, migrate};
use crate::store::registry::credentials::{Credentials, Kind};
use crate::store::registry::registrations::Registrations;

/// Who had a device before registrations were kept has one now, in the profile that it had to prove.
#[test]
fn devices_of_earlier_versions_stand_for_their_units() {
    let conn = Connection::open_in_memory().unwrap();
    for (_, sql) in &MIGRATIONS[..7] {
        conn.execute_batch(sql).unwrap();
    }
    set_meta(&conn, "schema_version", "7").unwrap();
    conn.execute_batch(include_str!("sql/old_devices.sql")).unwrap();
    migrate(&conn).unwrap();
    let all = Registrations::load(&conn).unwrap();
    for (unit, device, profile) in [
        ("unit 1", "device 1", "national"),
        ("unit 2", "device 2", "shandong"),
        ("unit 3", "device 3", "yunnan"),
        ("unit 4", "device 4", "anhui"),
        ("unit 5", "", "yunnan"),
    ] {
        let found = all.get(unit).unwrap();
        assert_eq!(
            (found.device_id.as_str(), found.from.profile.as_str()),
            (device, profile),
            "{unit}"
        );
        assert_eq!(found.from.proven_address(), None);
    }
    assert_eq!(all.get("unit 4").unwrap().from.certificate.as_deref(), Some("ab"));
    assert!(all.is_of_another("ab", "unit 1"));
    let credentials = Credentials::load(&conn, None).unwrap();
    assert_eq!(credentials.get("unit 2", Kind::SecretKey), Some("k"));
    assert_eq!(credentials.get("unit 3", Kind::Password), Some("p"));
}
