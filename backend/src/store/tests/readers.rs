//! A query whose client is gone is interrupted, and its connection serves the next query.

use std::time::Duration;

use super::open;

/// Longer than an interrupt ever takes, shorter than the question.
const TIMEOUT: Duration = Duration::from_secs(100);

#[test]
fn a_dropped_question_is_interrupted_and_gives_its_reader_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open(folder.path());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .build()
        .expect("a runtime");
    let endless = || {
        store.read(|conn| {
            Ok(conn.query_row(include_str!("sql/endless.sql"), [], |row| row.get::<_, i64>(0))?)
        })
    };
    runtime.block_on(async {
        for wait in [0, 1, 30, 200] {
            let given_up = tokio::time::timeout(Duration::from_millis(wait), endless()).await;
            assert!(given_up.is_err(), "nobody waits that long");
        }
        // There is one reader: it is free again only if the endless questions ended.
        let next = tokio::time::timeout(TIMEOUT, store.read(|_| Ok(7))).await;
        assert_eq!(next.expect("the reader is free").expect("an answer"), 7);
    });
    store.close();
}
