//! What every resource of the API shares: query parameters, bodies, pages, formats of lists, entity tags and problems.

pub mod docx;
pub mod etag;
pub mod file_cells;
pub mod json_body;
pub mod names;
pub mod negotiation;
pub mod paging;
pub mod problem;
pub mod query;
pub mod table;
pub mod workbook;
