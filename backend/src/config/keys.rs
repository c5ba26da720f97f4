//! The keys of the configuration: each with its unit, its type and its default. Those of inspections and
//! of the link upward follow in files of their own.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::link_keys::with_link_keys;

with_link_keys! {
    /// Address and port to listen on.
    listen: SocketAddr = SocketAddr::from(([127, 0, 0, 1], 8080));
    /// Data folder.
    data: PathBuf = PathBuf::from("data");
    /// Address that terminals reach the server at, without a trailing slash; empty: http:// and `listen`.
    public_address: String = String::new();
    /// Token of administrators, at least 16 characters, or a file that holds it; empty: only the token in
    /// DATA/server.json is accepted.
    admin_token: String = String::new();
    admin_token_file: PathBuf = PathBuf::new();
    /// Token with which a program reads /metrics and the state of the server, and nothing else, or a file that holds it.
    monitoring_token: String = String::new();
    monitoring_token_file: PathBuf = PathBuf::new();
    /// What anybody may read without signing in, until a security administrator publishes or withdraws something.
    public_reads: Vec<String> = Vec::new();
    /// Members of a group of peers beside the reader, at least: 5 or more.
    min_peer_members: usize = 5;
    /// Complete quarters whose compliance a unit's pages show beside the current one.
    compliance_quarters: u32 = 12;
    /// Invalid tokens of one address that are answered at once a minute, the delay of others, and how many of these wait.
    token_failures_per_minute: u32 = 10;
    token_failure_delay_ms: u32 = 1_000;
    token_failures_waiting: u32 = 8;
    /// A session ends so long after its last activity, and after its sign-in in any case; more end the longest unused.
    session_idle_minutes: u32 = 15;
    session_hours: u32 = 12;
    max_sessions: usize = 10_000;
    /// Sends the cookie of a session by HTTPS alone; always so where TLS ends here or in front.
    session_cookie_secure: bool = false;
    /// Characters of a password, and kinds of them (capitals, small letters, digits, others), at least.
    password_min_length: usize = 12;
    password_min_kinds: usize = 0;
    /// Cost of a password's hash (argon2id), threads that compute hashes, and requests that may wait for them; more are
    /// answered 503.
    password_memory_kib: u32 = 19_456;
    password_passes: u32 = 2;
    password_lanes: u32 = 1;
    password_threads: usize = 1;
    password_queue: usize = 32;
    /// Wrong passwords of an account from one address before it is locked for that address, and for how long; each
    /// further one doubles it, up to a day.
    sign_in_tries: u32 = 5;
    sign_in_lock_minutes: u32 = 15;
    /// Wrong passwords of one address in an hour, of all accounts together; accounts that signed in from there before go
    /// on. 0: any number.
    sign_in_failures_per_address_per_hour: u32 = 30;
    /// Life of an invitation.
    invitation_hours: u32 = 72;
    /// Roles whose accounts need a second factor before they may do anything.
    second_factor_roles: Vec<String> =
        ["system_administrator", "security_administrator", "auditor"].map(str::to_owned).to_vec();
    /// Sign-in at the provider of an organisation (OpenID Connect): its issuer, this server's id and secret there (or a file
    /// that holds the secret), and the address that browsers reach this server at, to whose page /sign-in the provider sends
    /// them back. No issuer: none.
    oidc_issuer: String = String::new();
    oidc_client_id: String = String::new();
    oidc_client_secret: String = String::new();
    oidc_client_secret_file: PathBuf = PathBuf::new();
    oidc_redirect_base: String = String::new();
    /// PEM file of authorities that the provider's certificate may come from, beside those of the system.
    oidc_authorities_file: PathBuf = PathBuf::new();
    /// Scopes that are asked for beside `openid`.
    oidc_scopes: Vec<String> = vec!["profile".to_owned()];
    /// Words of the button on the sign-in page.
    oidc_label_zh: String = "单位统一认证".to_owned();
    oidc_label_en: String = "Organisation account".to_owned();
    /// The claim of the ID token that holds a person's roles there, and what each of its values means here: `VALUE=role`.
    /// Dots in the name of a claim lead into objects.
    oidc_roles_claim: String = "roles".to_owned();
    oidc_roles: Vec<String> = Vec::new();
    /// Claims that hold the codes of a person's districts, and the credit codes of their units; empty: none.
    oidc_districts_claim: String = String::new();
    oidc_units_claim: String = String::new();
    /// Values of the claims `acr` (these are asked for too) and `amr`, any of which says that the provider asked for a second
    /// factor; a role of `second_factor_roles` is given to nobody without.
    oidc_acr_values: Vec<String> = Vec::new();
    oidc_amr_values: Vec<String> = Vec::new();
    /// How far the provider's clock may differ.
    oidc_clock_skew_seconds: u32 = 60;
    /// For one request to the provider, how often its description is asked for at once, and how long it is kept.
    oidc_timeout_seconds: u32 = 10;
    oidc_tries: u32 = 2;
    oidc_metadata_minutes: u32 = 60;
    max_oidc_answer_bytes: usize = 256 << 10;
    /// A person has so long at the provider. Sign-ins under way, beyond which the oldest gives way, and those that one
    /// address may begin in a minute; 0: any number.
    oidc_sign_in_minutes: u32 = 10;
    max_oidc_sign_ins: usize = 1_000;
    max_oidc_sign_ins_per_address_per_minute: u32 = 60;
    /// Plain HTTP is refused off loopback unless TLS ends in front of the server.
    tls_ends_in_front: bool = false;
    /// PEM files of the server's certificate chain and its key; with them every listener speaks HTTPS.
    tls_certificate: PathBuf = PathBuf::new();
    tls_key: PathBuf = PathBuf::new();
    /// Header in which a trusted proxy passes on the client's certificate as escaped PEM (nginx: $ssl_client_escaped_cert);
    /// from anyone else it is ignored. Empty: none.
    client_certificate_header: String = String::new();
    /// PEM file of the authorities whose client certificates are accepted; profile anhui needs it.
    tls_client_authorities: PathBuf = PathBuf::new();
    /// PEM file of the certificates that these authorities revoked (CRL); the server reads it again when it changes.
    tls_client_revocations: PathBuf = PathBuf::new();
    /// Provinces' profiles and their places: `name`, `name:/prefix`, `name@address:port`; national, shandong, yunnan, anhui.
    profiles: Vec<String> = vec!["national".to_owned()];
    /// What keys of enterprises (shandong, yunnan) are encrypted with on disk: 64 hexadecimal digits, or a file of them.
    data_key: String = String::new();
    data_key_file: PathBuf = PathBuf::new();
    /// Cipher of secrets that are written to disk from now on: `aes256gcm` or `sm4gcm`; both are read.
    data_cipher: String = "aes256gcm".to_owned();
    /// Life of an access key of profile yunnan.
    access_key_minutes: u32 = 1_440;
    /// Approves every device as it registers; for demonstrations.
    auto_approve_devices: bool = false;
    /// What proves a later registration of an enterprise that has a terminal: `certificate` (the client certificate it is
    /// bound to), `secret` (the message carries the device id or key given), `address` (the IP address it registered from;
    /// never one of this machine or of a proxy), `network` (the same network). A one-time code always does.
    registration_proofs: Vec<String> = ["certificate", "secret", "address"].map(str::to_owned).to_vec();
    registration_network_prefix_ipv4_bits: u8 = 24;
    registration_network_prefix_ipv6_bits: u8 = 64;
    /// Addresses or networks (`10.0.0.0/8`) of proxies whose X-Forwarded-For names the client.
    trusted_proxies: Vec<String> = Vec::new();
    /// New enterprises and claims that one address (IPv6: one /64) may register in an hour, and all together; 0: any
    /// number. Loopback counts like any other; a registration with the administrator's token is not counted.
    max_registrations_per_address_per_hour: u32 = 60;
    max_registrations_per_hour: u32 = 600;
    /// Enterprises that registered and that nobody approved yet; more are answered 429.
    max_pending_devices: usize = 20_000;
    /// Days without a sign of a terminal that nobody approved, and minutes between a working key of yunnan and its
    /// application, after which the registration holds no place any more and ends at night.
    pending_device_days: u32 = 30;
    pending_without_device_minutes: u32 = 60;
    /// Claims that wait for an operator: of one enterprise (more: the one not seen for longest gives way), of one enterprise
    /// from one network or certificate, from one address, and in all; more are refused and not kept.
    max_claims_per_enterprise: u32 = 8;
    max_claims_per_enterprise_and_network: u32 = 2;
    max_claims_per_address: u32 = 100;
    max_claims: u32 = 10_000;
    /// Days after its last attempt that a claim nobody decided expires, and for which a refused one stays refused.
    claim_days: u32 = 30;
    /// Within so many hours a confirmed claimant has to register again.
    claim_pickup_hours: u32 = 72;
    /// Further attempts of a claim are written at most this often.
    claim_write_interval_minutes: u32 = 10;
    /// Life of a one-time code, and wrong codes that one address may send for an enterprise in an hour (all: ten times, a right one
    /// excepted).
    registration_code_hours: u32 = 72;
    max_code_guesses_per_hour: u32 = 10;
    /// For so long the device id and the keys that a terminal had before a rotation are accepted; 0: they end at once.
    device_overlap_hours: u32 = 72;
    /// They end earlier with the first message that shows the new ones.
    device_overlap_ends_with_first_message: bool = true;
    /// IANA time zone of the city; a local day is a day of this zone.
    time_zone: String = "Asia/Shanghai".to_owned();
    place_zh: String = "天津市".to_owned();
    place_en: String = "Tianjin".to_owned();
    system_zh: String = "重点用能单位能耗在线监测".to_owned();
    system_en: String = "Online energy monitoring of key units".to_owned();
    /// Marks every page as invented data.
    demo: bool = false;

    /// Bytes of a message as sent.
    max_body_bytes: usize = 16 << 20;
    /// Bytes of a message after gzip.
    max_decompressed_bytes: usize = 64 << 20;
    /// Bytes of every other body, as sent and as unpacked: registration, configuration, meters, questions of terminals,
    /// JSON of administrators.
    max_small_body_bytes: usize = 1 << 20;
    /// Requests to the API of one account (or industry system), and of one address without an account; 0: any number.
    max_requests_per_account_per_minute: u32 = 1_200;
    max_requests_per_address_per_minute: u32 = 3_000;
    max_entries_per_message: usize = 200_000;
    max_requests_per_device_per_minute: u32 = 6_000;
    /// The same of a device that is not approved.
    max_requests_per_pending_device_per_minute: u32 = 120;
    /// Of a refused entry so many bytes are kept, with its length and SHA-256.
    max_rejected_entry_bytes: usize = 4_096;
    /// Refused entries of a message that are kept; the rest are counted.
    max_rejections_per_message: usize = 1_000;
    /// Bytes of refused entries kept of a sender and day, and of a device that is not approved; the rest are counted.
    max_rejected_bytes_per_device_per_day: u64 = 8 << 20;
    max_rejected_bytes_per_pending_device_per_day: u64 = 256 << 10;
    /// The same of all devices together that are not approved.
    max_rejected_bytes_of_pending_devices_per_day: u64 = 64 << 20;
    /// Refused entries that an answer names, in all so many bytes.
    max_errors_per_answer: usize = 1_000;
    max_error_bytes_per_answer: usize = 512 << 10;
    /// Bytes of a page of refused entries, and of a file of them.
    max_rejected_page_bytes: usize = 1 << 20;
    max_rejected_file_bytes: usize = 16 << 20;
    /// Readings that wait for the approval of a device, and of all devices; more are answered 429.
    max_pending_readings_per_device: u64 = 50_000;
    max_pending_readings: u64 = 2_000_000;
    /// Messages of a day that are put on record of a device nobody approved, and of all of them; more are refused.
    max_messages_per_pending_device_per_day: u64 = 5_000;
    max_messages_of_pending_devices_per_day: u64 = 500_000;
    /// Bytes of the configuration of a device that is not approved, and of its meters; of both of all such devices, beyond
    /// which the answer is 429.
    max_pending_config_bytes: usize = 64 << 10;
    max_pending_config_bytes_in_all: u64 = 128 << 20;
    /// Data items of a unit, entries of its configuration, and its meters.
    max_items_per_unit: usize = 10_000;
    max_config_items: usize = 10_000;
    max_meters_per_unit: usize = 5_000;
    /// Bytes of one meter; a longer one is refused.
    max_meter_bytes: usize = 4_096;
    /// Values that a device, or an industry system of a unit, may replace in a day; each one that gives way stays in the
    /// history.
    max_replaced_per_device_per_day: u64 = 1_000_000;
    /// Rows of a list as a file.
    max_list_rows: u32 = 200_000;
    /// Saved mappings of columns.
    max_import_profiles: usize = 1_000;
    /// Bytes of a file for import.
    max_import_bytes: usize = 64 << 20;
    /// A file for import: rows and cells that hold something, columns, bytes of a cell and of all cells, bytes of a
    /// workbook once unpacked, its parts, sheets and distinct texts, and refused cells before the file is refused as a whole.
    max_import_rows: usize = 1_048_576;
    max_import_columns: usize = 1_024;
    max_import_cells: usize = 5_000_000;
    max_import_cell_bytes: usize = 128 << 10;
    max_import_text_bytes: usize = 128 << 20;
    max_import_unpacked_bytes: usize = 512 << 20;
    max_import_parts: usize = 2_000;
    max_import_sheets: usize = 256;
    max_import_shared_strings: usize = 1_000_000;
    max_import_problems: usize = 100_000;
    /// Files for import that are worked on at once; more wait for a minute and are then answered 503.
    max_imports_at_once: usize = 2;
    /// Bytes of an upload of an industry system, as sent; text unpacks to eight times that at most.
    max_bulk_bytes: u64 = 1 << 30;
    /// Such uploads at once; more are answered 503.
    max_bulk_uploads: usize = 4;
    /// Rows of such an upload, refused ones among them, bytes of one row of text or one cell, columns of a columnar file,
    /// bytes of one Arrow batch, memory for reading Parquet.
    max_bulk_rows: u32 = 20_000_000;
    max_bulk_rejected_rows: u32 = 1_000_000;
    max_bulk_row_bytes: u64 = 64 << 10;
    max_bulk_columns: usize = 256;
    max_bulk_batch_bytes: u64 = 128 << 20;
    bulk_parquet_memory_mib: u32 = 256;
    /// Rows with a problem that the preview of a file shows.
    max_preview_rows: usize = 2_000;
    /// How far ahead of the server's clock a period may start.
    future_skew_minutes: u32 = 10;
    /// Larger magnitudes are refused as absurd.
    value_abs_max: f64 = 1e12;
    /// Profiles national and anhui: an entry without `valid` is valid; false: it is refused.
    missing_valid_is_valid: bool = true;
    /// Days after a period's end beyond which replacing its value waits for an operator; 0: never.
    replacement_window_days: u32 = 0;
    /// Working days in which a unit answers a finding of data quality, from the day on which it was first seen, and by
    /// which more time moves this deadline, once. False: the authority decides about more time.
    answer_working_days: u32 = 5;
    extension_working_days: u32 = 5;
    extension_granted_by_rule: bool = true;
    /// What a clerk submits by hand waits for a manager of the unit.
    second_pair_of_eyes: bool = false;
    /// Values of one submission by hand.
    max_typed_values: usize = 500;
    /// Lines of tariffs, or rows of plans, that are saved at once.
    max_tariff_rows: usize = 500;
    /// Answers, values, outages, messages, and saves of tariffs and plans, of a unit in a day; 0: any number.
    max_submissions_per_unit_per_day: u32 = 200;
    /// Shares of a unit's data in force at once, and days that one lasts at most.
    max_shares_per_unit: u32 = 20;
    max_share_days: u32 = 366;
    /// Savings projects of a unit that are not withdrawn, and repetitions of one that are kept.
    max_savings_projects_per_unit: u32 = 50;
    max_savings_steps_per_project: u32 = 50;
    /// Bytes of a draft, and drafts of one account; beyond them the oldest goes.
    draft_bytes: u32 = 16_384;
    max_drafts_per_account: u32 = 200;
    /// Bytes of a file that is added as evidence, files of one subject (a finding), and MiB of all files of a unit.
    evidence_file_bytes: usize = 10 << 20;
    max_evidence_files_per_subject: u32 = 30;
    evidence_mib_per_unit: u32 = 256;
    /// Who answers questions about submissions of units without a case officer.
    questions_contact: String = "能源中心 / energy centre".to_owned();
    /// First upload time handed out, local HH:MM:SS, and the minutes they are spread over.
    upload_window_start: String = "00:30:00".to_owned();
    upload_window_minutes: u32 = 300;

    /// Bytes of terminals' messages, as sent and unpacked, held from their first byte to their answer; more are
    /// answered 503.
    max_bytes_in_flight: usize = 256 << 20;
    /// Of them from one address that tells one client from another; 0: no limit.
    max_bytes_in_flight_per_address: usize = 96 << 20;
    /// Messages that may wait before the store; more are answered 503.
    ingest_queue_messages: usize = 4_096;
    /// Readings of one group commit, at most about this many.
    group_readings: usize = 50_000;
    rollup_interval_ms: u64 = 500;
    /// A view waits so long for what was just acknowledged; then the last complete state answers.
    view_wait_ms: u32 = 250;
    /// Pause of the quality rules between two looks for new readings.
    quality_interval_ms: u64 = 1_000;
    /// A unit is assessed once its readings have not come for so long, or have waited for so long.
    quality_quiet_seconds: u32 = 3;
    quality_longest_wait_seconds: u32 = 300;
    /// Units that one step of the quality rules assesses, at most.
    quality_units_at_once: usize = 32;
    /// Weights of the five parts of the quality index; parts without a figure leave the sum.
    quality_weight_completeness: f64 = 0.3;
    quality_weight_accuracy: f64 = 0.15;
    quality_weight_timeliness: f64 = 0.2;
    quality_weight_validity: f64 = 0.2;
    quality_weight_conformity: f64 = 0.15;
    read_connections: usize = 4;
    memory_limit_mib: u32 = 2_048;

    /// Cells (series × periods) of a cube that is sent; more make it coarser.
    max_cube_cells_sent: usize = 2_000_000;
    /// Cells of the days that one request reads, sent or in a slice; longer spans of days are refused.
    max_cube_cells: usize = 20_000_000;
    /// Bytes of encoded snapshots and days kept in memory; those of earlier versions serve to send only what changed.
    cube_cache_bytes: u64 = 256 << 20;
    /// Rows of one answer of /api/v1/slice.
    max_slice_rows: usize = 100_000;
    /// CSV, XLSX and Parquet files, and slices, that are made at once, in all and for one address; more wait for a minute
    /// and are then answered 503.
    max_exports_at_once: usize = 2;
    max_exports_per_address: usize = 4;
    /// Bytes of large answers that wait to be sent, in all and to one address; more are answered 503.
    max_answer_bytes_in_flight: usize = 256 << 20;
    max_answer_bytes_in_flight_per_address: usize = 128 << 20;
    /// Pages that listen for new data at once, in all and from one address that tells one client from another.
    max_event_streams: usize = 1_000;
    max_event_streams_per_address: usize = 100;
    /// With less than this free on the disk of the data folder uploads are answered 507; 0: until a write fails.
    store_free_space_floor_mib: u32 = 256;
    /// How long and how far the database's log may grow before a checkpoint; a start replays it whole.
    checkpoint_interval_seconds: u32 = 300;
    checkpoint_log_mib: u32 = 16;

    /// Local hour, 0–23, of retention and compaction.
    maintenance_hour: u8 = 2;
    /// A quarter is sorted so many days after its end, in steps of about so many readings.
    compact_after_days: u32 = 7;
    compaction_step_readings: u32 = 245_760;
    /// Days that real-time values (statType 0) and day values (statType 1) are kept, by whole quarters; their
    /// day and month figures stay. 0: for ever.
    retention_realtime_days: u32 = 0;
    retention_day_days: u32 = 0;

    /// Months that entries of the audit log are kept, 6 at least.
    audit_retention_months: u32 = 12;
    /// Hash function of new entries of the audit log: `sha256` or `sm3`.
    audit_hash: String = "sha256".to_owned();
    /// Algorithm that signs heads of the audit log: `ed25519` or `sm2`.
    audit_signature: String = "ed25519".to_owned();
    /// File of the key that signs them, 64 hexadecimal digits; empty: `audit.key` or `audit-sm2.key` of the data folder. A
    /// key is made where there is none.
    audit_key_file: PathBuf = PathBuf::new();

    /// Folders that backups and Parquet files may be written below; empty: `backups` and `exports` of the data folder.
    backup_folders: Vec<PathBuf> = Vec::new();
    export_folders: Vec<PathBuf> = Vec::new();

    /// Not ready when jobs wait for the writer and it has not moved for so long.
    writer_stall_seconds: u32 = 30;
    /// A database that failed is opened anew for so long before the process ends with code 5; a full disk is waited for.
    store_reopen_patience_seconds: u32 = 120;
    /// For requests under way when the server is told to stop; half of it for bodies that are still coming.
    shutdown_grace_seconds: u32 = 2;
    /// Connections at once; more are answered 503 and closed.
    max_connections: usize = 12_000;
    /// Of them, those that one address (IPv6: one /64) may hold; 0: any number. Not counted: `trusted_proxies`, the
    /// networks below, and everyone where TLS ends in front and no proxy is named.
    max_connections_per_address: usize = 256;
    unbounded_connections_from: Vec<String> = ["127.0.0.0/8", "::1"].map(str::to_owned).to_vec();
    /// Addresses whose connections failed that are kept for GET /api/v1/connection-failures.
    max_connection_failures_kept: usize = 1_000;
    /// For the head of a request, and for the next one on an open connection.
    header_timeout_seconds: u32 = 30;
    /// For the body of a request to come in; each `min_body_bytes_per_second` received give a second back.
    body_timeout_seconds: u32 = 60;
    min_body_bytes_per_second: u32 = 1_024;
    /// How long sent bytes may wait for a peer that confirms nothing.
    peer_timeout_seconds: u32 = 60;
}
