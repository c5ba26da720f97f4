//! The configuration: every limit is a named field with its unit. Checks the values, and which of them go together.

mod data_key;
mod defaults;
mod listeners;
pub mod profile_bindings;
mod registration;
mod sources;
#[cfg(test)]
mod tests;
mod tokens;

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use nengce_core::ingest::rejected_entries::RejectedLimits;

pub use sources::{Sources, nearest};

/// The configuration; `nengce check-config --print-sample` prints it with these defaults.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Data folder.
    pub data: PathBuf,
    /// Address that terminals reach the server at, without a trailing slash; empty: http:// and `listen`.
    pub public_address: String,
    /// Token of administrators, at least 16 characters; empty: only the token in DATA/server.json is accepted.
    pub admin_token: String,
    /// Tokens that are not valid, of one address: answered at once up to so many a minute; further answers wait so
    /// long, and only so many at once, beyond which no token of the address is looked at.
    pub token_failures_per_minute: u32,
    pub token_failure_delay_ms: u32,
    pub token_failures_waiting: u32,
    /// Plain HTTP is refused off loopback unless TLS ends in front of the server.
    pub tls_ends_in_front: bool,
    /// PEM files of the server's certificate chain and its key; with them every listener speaks HTTPS.
    pub tls_certificate: PathBuf,
    pub tls_key: PathBuf,
    /// Header in which a trusted proxy passes on the client's certificate as escaped PEM (nginx: $ssl_client_escaped_cert);
    /// from anyone else it is ignored. Empty: none.
    pub client_certificate_header: String,
    /// PEM file of the authorities whose client certificates are accepted; profile anhui needs it.
    pub tls_client_authorities: PathBuf,
    /// Provinces' profiles and their places: `name`, `name:/prefix`, `name@address:port`; national, shandong, yunnan, anhui.
    pub profiles: Vec<String>,
    /// What keys of enterprises (shandong, yunnan) are encrypted with on disk: 64 hexadecimal digits, or a file of them.
    pub data_key: String,
    pub data_key_file: PathBuf,
    /// Life of an access key of profile yunnan.
    pub access_key_minutes: u32,
    /// Approves every device as it registers; for demonstrations.
    pub auto_approve_devices: bool,
    /// What proves a later registration of an enterprise that has a terminal: `certificate` (the client certificate it is
    /// bound to), `secret` (the message carries the device id or key given), `address` (the IP address it registered from;
    /// never one of this machine or of a proxy), `network` (the same network). A one-time code always does.
    pub registration_proofs: Vec<String>,
    pub registration_network_prefix_ipv4_bits: u8,
    pub registration_network_prefix_ipv6_bits: u8,
    /// Addresses or networks (`10.0.0.0/8`) of proxies whose X-Forwarded-For names the client.
    pub trusted_proxies: Vec<String>,
    /// New enterprises and claims that one address (IPv6: one /64) may register in an hour, and all together; 0: any
    /// number. Loopback counts like any other; a registration with the administrator's token is not counted.
    pub max_registrations_per_address_per_hour: u32,
    pub max_registrations_per_hour: u32,
    /// Enterprises that registered and that nobody approved yet; more are answered 429.
    pub max_pending_devices: usize,
    /// Days without a sign of a terminal that nobody approved, and minutes between a working key of yunnan and its
    /// application, after which the registration holds no place any more and ends at night.
    pub pending_device_days: u32,
    pub pending_without_device_minutes: u32,
    /// Claims that wait for an operator: of one enterprise (more: the one not seen for longest gives way), of one enterprise
    /// from one network or certificate, from one address, and in all; more are refused and not kept.
    pub max_claims_per_enterprise: u32,
    pub max_claims_per_enterprise_and_network: u32,
    pub max_claims_per_address: u32,
    pub max_claims: u32,
    /// Days after its last attempt that a claim nobody decided expires, and for which a refused one stays refused.
    pub claim_days: u32,
    /// Within so many hours a confirmed claimant has to register again.
    pub claim_pickup_hours: u32,
    /// Further attempts of a claim are written at most this often.
    pub claim_write_interval_minutes: u32,
    /// Life of a one-time code, and wrong codes that one address may send for an enterprise in an hour (all: ten times, a right one
    /// excepted).
    pub registration_code_hours: u32,
    pub max_code_guesses_per_hour: u32,
    /// IANA time zone of the city; a local day is a day of this zone.
    pub time_zone: String,
    pub place_zh: String,
    pub place_en: String,
    pub system_zh: String,
    pub system_en: String,
    /// Marks every page as invented data.
    pub demo: bool,

    /// Bytes of a message as sent.
    pub max_body_bytes: usize,
    /// Bytes of a message after gzip.
    pub max_decompressed_bytes: usize,
    /// Bytes of every other body, as sent and as unpacked: registration, configuration, meters, questions of terminals,
    /// JSON of administrators.
    pub max_small_body_bytes: usize,
    pub max_entries_per_message: usize,
    pub max_requests_per_device_per_minute: u32,
    /// The same of a device that is not approved.
    pub max_requests_per_pending_device_per_minute: u32,
    /// Of a refused entry so many bytes are kept, with its length and SHA-256.
    pub max_rejected_entry_bytes: usize,
    /// Refused entries of a message that are kept; the rest are counted.
    pub max_rejections_per_message: usize,
    /// Bytes of refused entries kept of a sender and day, and of a device that is not approved; the rest are counted.
    pub max_rejected_bytes_per_device_per_day: u64,
    pub max_rejected_bytes_per_pending_device_per_day: u64,
    /// The same of all devices together that are not approved.
    pub max_rejected_bytes_of_pending_devices_per_day: u64,
    /// Refused entries that an answer names, in all so many bytes.
    pub max_errors_per_answer: usize,
    pub max_error_bytes_per_answer: usize,
    /// Bytes of a page of refused entries, and of a file of them.
    pub max_rejected_page_bytes: usize,
    pub max_rejected_file_bytes: usize,
    /// Readings that wait for the approval of a device, and of all devices; more are answered 429.
    pub max_pending_readings_per_device: u64,
    pub max_pending_readings: u64,
    /// Messages of a day that are put on record of a device nobody approved, and of all of them; more are refused.
    pub max_messages_per_pending_device_per_day: u64,
    pub max_messages_of_pending_devices_per_day: u64,
    /// Bytes of the configuration of a device that is not approved, and of its meters; of both of all such devices, beyond
    /// which the answer is 429.
    pub max_pending_config_bytes: usize,
    pub max_pending_config_bytes_in_all: u64,
    /// Data items of a unit, entries of its configuration, and its meters.
    pub max_items_per_unit: usize,
    pub max_config_items: usize,
    pub max_meters_per_unit: usize,
    /// Bytes of one meter; a longer one is refused.
    pub max_meter_bytes: usize,
    /// Values that a device, or an industry system of a unit, may replace in a day; each one that gives way stays in the
    /// history.
    pub max_replaced_per_device_per_day: u64,
    /// Rows of a list as a file.
    pub max_list_rows: u32,
    /// Saved mappings of columns.
    pub max_import_profiles: usize,
    /// Bytes of a file for import.
    pub max_import_bytes: usize,
    /// A file for import: rows and cells that hold something, columns, bytes of a cell and of all cells, bytes of a
    /// workbook once unpacked, its parts, sheets and distinct texts, and refused cells before the file is refused as a whole.
    pub max_import_rows: usize,
    pub max_import_columns: usize,
    pub max_import_cells: usize,
    pub max_import_cell_bytes: usize,
    pub max_import_text_bytes: usize,
    pub max_import_unpacked_bytes: usize,
    pub max_import_parts: usize,
    pub max_import_sheets: usize,
    pub max_import_shared_strings: usize,
    pub max_import_problems: usize,
    /// Files for import that are worked on at once; more wait for a minute and are then answered 503.
    pub max_imports_at_once: usize,
    /// Bytes of an upload of an industry system, as sent; text unpacks to eight times that at most.
    pub max_bulk_bytes: u64,
    /// Such uploads at once; more are answered 503.
    pub max_bulk_uploads: usize,
    /// Rows of such an upload, refused ones among them, bytes of one row of text or one cell, columns of a columnar file,
    /// bytes of one Arrow batch, memory for reading Parquet.
    pub max_bulk_rows: u32,
    pub max_bulk_rejected_rows: u32,
    pub max_bulk_row_bytes: u64,
    pub max_bulk_columns: usize,
    pub max_bulk_batch_bytes: u64,
    pub bulk_parquet_memory_mib: u32,
    /// Rows with a problem that the preview of a file shows.
    pub max_preview_rows: usize,
    /// How far ahead of the server's clock a period may start.
    pub future_skew_minutes: u32,
    /// Larger magnitudes are refused as absurd.
    pub value_abs_max: f64,
    /// Profiles national and anhui: an entry without `valid` is valid; false: it is refused.
    pub missing_valid_is_valid: bool,
    /// Days after a period's end beyond which replacing its value waits for an operator; 0: never.
    pub replacement_window_days: u32,
    /// First upload time handed out, local HH:MM:SS, and the minutes they are spread over.
    pub upload_window_start: String,
    pub upload_window_minutes: u32,

    /// Bytes of terminals' messages, as sent and unpacked, held from their first byte to their answer; more are
    /// answered 503.
    pub max_bytes_in_flight: usize,
    /// Of them from one address that tells one client from another; 0: no limit.
    pub max_bytes_in_flight_per_address: usize,
    /// Messages that may wait before the store; more are answered 503.
    pub ingest_queue_messages: usize,
    /// Readings of one group commit, at most about this many.
    pub group_readings: usize,
    pub rollup_interval_ms: u64,
    /// A view waits so long for what was just acknowledged; then the last complete state answers.
    pub view_wait_ms: u32,
    /// Pause of the quality rules between two looks for new readings.
    pub quality_interval_ms: u64,
    /// A unit is assessed once its readings have not come for so long, or have waited for so long.
    pub quality_quiet_seconds: u32,
    pub quality_longest_wait_seconds: u32,
    /// Units that one step of the quality rules assesses, at most.
    pub quality_units_at_once: usize,
    /// Weights of the five parts of the quality index; parts without a figure leave the sum.
    pub quality_weight_completeness: f64,
    pub quality_weight_accuracy: f64,
    pub quality_weight_timeliness: f64,
    pub quality_weight_validity: f64,
    pub quality_weight_conformity: f64,
    pub read_connections: usize,
    pub memory_limit_mib: u32,

    /// Cells (series × periods) of a cube that is sent; more make it coarser.
    pub max_cube_cells_sent: usize,
    /// Cells of the days that one request reads, sent or in a slice; longer spans of days are refused.
    pub max_cube_cells: usize,
    /// Bytes of encoded snapshots and days kept in memory.
    pub cube_cache_bytes: u64,
    /// Rows of one answer of /api/v1/slice.
    pub max_slice_rows: usize,
    /// CSV, XLSX and Parquet files, and slices, that are made at once, in all and for one address; more wait for a minute
    /// and are then answered 503.
    pub max_exports_at_once: usize,
    pub max_exports_per_address: usize,
    /// Bytes of large answers that wait to be sent, in all and to one address; more are answered 503.
    pub max_answer_bytes_in_flight: usize,
    pub max_answer_bytes_in_flight_per_address: usize,
    /// Pages that listen for new data at once, in all and from one address that tells one client from another.
    pub max_event_streams: usize,
    pub max_event_streams_per_address: usize,
    /// With less than this free on the disk of the data folder uploads are answered 507; 0: until a write fails.
    pub store_free_space_floor_mib: u32,
    /// How long and how far the database's log may grow before a checkpoint; a start replays it whole.
    pub checkpoint_interval_seconds: u32,
    pub checkpoint_log_mib: u32,

    /// Local hour, 0–23, of retention and compaction.
    pub maintenance_hour: u8,
    /// A quarter is sorted so many days after its end, in steps of about so many readings.
    pub compact_after_days: u32,
    pub compaction_step_readings: u32,
    /// Days that real-time values (statType 0) and day values (statType 1) are kept, by whole quarters; their
    /// day and month figures stay. 0: for ever.
    pub retention_realtime_days: u32,
    pub retention_day_days: u32,

    /// Folders that backups and Parquet files may be written below; empty: `backups` and `exports` of the data folder.
    pub backup_folders: Vec<PathBuf>,
    pub export_folders: Vec<PathBuf>,

    /// Not ready when jobs wait for the writer and it has not moved for so long.
    pub writer_stall_seconds: u32,
    /// A database that failed is opened anew for so long before the process ends with code 5; a full disk is waited for.
    pub store_reopen_patience_seconds: u32,
    /// For requests under way when the server is told to stop; half of it for bodies that are still coming.
    pub shutdown_grace_seconds: u32,
    /// Connections at once; more are answered 503 and closed.
    pub max_connections: usize,
    /// Of them, those that one address (IPv6: one /64) may hold; 0: any number. Not counted: `trusted_proxies`, the
    /// networks below, and everyone where TLS ends in front and no proxy is named.
    pub max_connections_per_address: usize,
    pub unbounded_connections_from: Vec<String>,
    /// Addresses whose connections failed that are kept for GET /api/v1/connection-failures.
    pub max_connection_failures_kept: usize,
    /// For the head of a request, and for the next one on an open connection.
    pub header_timeout_seconds: u32,
    /// For the body of a request to come in; each `min_body_bytes_per_second` received give a second back.
    pub body_timeout_seconds: u32,
    pub min_body_bytes_per_second: u32,
    /// How long sent bytes may wait for a peer that confirms nothing.
    pub peer_timeout_seconds: u32,
}

impl Config {
    fn check(self) -> Result<Self> {
        self.check_listeners()?;
        self.check_data_key()?;
        self.check_registrations()?;
        self.check_tokens()?;
        if let Err(error) = crate::clock::Clock::new(&self.time_zone) {
            bail!("time_zone: there is no zone {} ({error})", self.time_zone);
        }
        if self.upload_window_start.parse::<jiff::civil::Time>().is_err() {
            bail!("upload_window_start: {} is not HH:MM:SS", self.upload_window_start);
        }
        if self.upload_window_minutes == 0 || self.upload_window_minutes > 1_440 {
            bail!("upload_window_minutes: {} is not within 1–1440", self.upload_window_minutes);
        }
        if self.maintenance_hour > 23 {
            bail!("maintenance_hour: {} is not within 0–23", self.maintenance_hour);
        }
        let weights = [
            self.quality_weight_completeness,
            self.quality_weight_accuracy,
            self.quality_weight_timeliness,
            self.quality_weight_validity,
            self.quality_weight_conformity,
        ];
        if weights.iter().any(|it| !it.is_finite() || *it < 0.0)
            || weights.iter().sum::<f64>() <= 0.0
        {
            bail!(
                "quality_weight_…: {weights:?} are not five weights of 0 or more with a sum above 0"
            );
        }
        Ok(self)
    }

    /// What is kept of refused entries.
    pub fn rejected_limits(&self) -> RejectedLimits {
        RejectedLimits {
            entries: self.max_rejections_per_message,
            entry_bytes: self.max_rejected_entry_bytes,
        }
    }
}
