//! SIGKILL at random moments under load, with replacements and duplicates in flight: every acknowledged reading is
//! there exactly once. `NENGCE_KILLS` says how often, `NENGCE_SEED` repeats a run.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::terminal::Terminal;

use crate::ledger::{Chance, Ledger, entries};

const TERMINALS: usize = 4;

pub(crate) fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|it| it.parse().ok()).unwrap_or(default)
}

/// Sends until the server is gone.
pub(crate) fn send(
    terminal: &Terminal<'_>,
    ledger: &mut Ledger,
    chance: &mut Chance,
    stop: &AtomicBool,
) {
    while !stop.load(Ordering::Acquire) {
        let (day, version) = ledger.next(chance);
        ledger.sent(day, version);
        match terminal.try_upload(&entries(day, version)) {
            Some(answer) => {
                answer.received();
                ledger.acknowledged(day, version);
            }
            None => return,
        }
    }
}

#[test]
fn sigkill_at_random_moments_under_load_loses_and_doubles_nothing() {
    let kills = number("NENGCE_KILLS", 30);
    let seed = number("NENGCE_SEED", u64::from(std::process::id()));
    eprintln!("{kills} kills, seed {seed}");
    let mut chance = Chance::new(seed);
    // Checkpoints and roll-ups run as often as possible, so that kills occur within them too.
    let mut app = TestApp::with_environment(&[
        ("NENGCE_CHECKPOINT_INTERVAL_SECONDS", "1"),
        ("NENGCE_ROLLUP_INTERVAL_MS", "20"),
    ]);
    let enterprises: Vec<_> = (0..TERMINALS).map(|_| Enterprise::new("断电")).collect();
    for enterprise in &enterprises {
        drop(app.terminal(enterprise));
    }
    let mut ledgers: Vec<_> = (0..TERMINALS).map(|_| Ledger::default()).collect();
    let mut took: Vec<Duration> = Vec::new();
    for round in 0..kills {
        let stop = AtomicBool::new(false);
        let terminals: Vec<_> = enterprises.iter().map(|it| app.registered(it)).collect();
        let pid = app.server.pid().to_string();
        let after = Duration::from_millis(chance.below(400));
        std::thread::scope(|scope| {
            for (at, (terminal, ledger)) in terminals.iter().zip(&mut ledgers).enumerate() {
                let mut chance = Chance::new(seed ^ (round << 8) ^ at as u64);
                let stop = &stop;
                scope.spawn(move || send(terminal, ledger, &mut chance, stop));
            }
            std::thread::sleep(after);
            let killed = std::process::Command::new("kill").args(["-KILL", &pid]).status();
            stop.store(true, Ordering::Release);
            assert!(killed.is_ok_and(|it| it.success()), "SIGKILL is sent");
        });
        drop(terminals);
        app.server.kill();
        let started = Instant::now();
        app.server.launch();
        took.push(started.elapsed());
        for (enterprise, ledger) in enterprises.iter().zip(&ledgers) {
            ledger.check(&app.registered(enterprise));
        }
    }
    took.sort_unstable();
    let messages: u64 = ledgers.iter().map(|it| it.messages).sum();
    assert!(messages > 0, "something was acknowledged");
    eprintln!(
        "{kills} kills over {messages} acknowledged messages of 24 readings: none lost, none doubled; answering again \
         after p50 {:?}, max {:?}",
        took[took.len() / 2],
        took[took.len() - 1]
    );
}
