//! The list of benchmarks: what each one measures and what it needs. It stands here alone; `cargo xtask bench` includes this
//! file, so it may use nothing but the standard library.

/// One benchmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Benchmark {
    Ingest,
    Import,
    Views,
    Cube,
    Load,
    Interaction,
    Explore,
    Nation,
    Disk,
    Quality,
    Access,
    Targets,
    Link,
    Backfill,
}

use Benchmark::{
    Access, Backfill, Cube, Disk, Explore, Import, Ingest, Interaction, Link, Load, Nation,
    Quality, Targets, Views,
};

impl Benchmark {
    /// Every benchmark, in the order in which `all` runs them.
    pub const ALL: [Self; 14] = [
        Ingest,
        Quality,
        Targets,
        Cube,
        Nation,
        Link,
        Backfill,
        Import,
        Views,
        Access,
        Load,
        Interaction,
        Explore,
        Disk,
    ];

    /// The word on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Ingest => "ingest",
            Import => "import",
            Views => "views",
            Cube => "cube",
            Load => "load",
            Interaction => "interaction",
            Explore => "explore",
            Nation => "nation",
            Disk => "disk",
            Quality => "quality",
            Access => "access",
            Targets => "targets",
            Link => "link",
            Backfill => "backfill",
        }
    }

    /// One line for `cargo xtask bench --help`.
    pub const fn about(self) -> &'static str {
        match self {
            Link => {
                "The day of 1,000 units to a platform above, against the time in which it came in"
            }
            Backfill => {
                "Six months of a terminal that its platform does not have, kept by the platform"
            }
            Targets => "The first inspection targets against the faults that were planted",
            Ingest => "Upload throughput over HTTP against DuckDB's bare appender",
            Import => {
                "A file of 122,000 rows against the bare appender; lists of 3,369 rows against a tenth of them"
            }
            Views => "The API of each page against its bare SQL",
            Cube => "The cube: bytes by encoding, times to build and decode, difference from SQL",
            Load => "Bytes and time of the first load in Chromium",
            Interaction => {
                "Selections in Chromium: time to the painted frame, and against native code"
            }
            Explore => {
                "A hundred people at once; an abandoned request; a year of 15-minute readings"
            }
            Nation => "17,000 units, explored in Chromium by groups",
            Disk => "Bytes per reading on disk",
            Access => {
                "The views with and without sign-in; 10,000 sessions; a storm of sign-ins; audited looks beside uploads"
            }
            Quality => "Quality rules against planted faults: recall and precision per class",
        }
    }

    pub const fn needs_browser(self) -> bool {
        matches!(self, Load | Interaction | Nation)
    }

    pub const fn needs_terminal(self) -> bool {
        matches!(self, Backfill)
    }

    /// The quality rules are tried on readings in memory; all others start a server.
    pub const fn needs_server(self) -> bool {
        !matches!(self, Quality | Cube)
    }

    /// The benchmarks that a word of the command line names: one of them, or `all`.
    pub fn named(word: &str) -> Vec<Self> {
        Self::ALL.into_iter().filter(|it| word == "all" || word == it.name()).collect()
    }
}
