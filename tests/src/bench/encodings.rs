//! The facts of a cube in other encodings, compressed by the same brotli, to compare with the encoding in use.

use std::sync::Arc;

use anyhow::Result;
use arrow_array::{ArrayRef, Float64Array, RecordBatch, UInt16Array, UInt32Array};
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{DataType, Field, Schema};
use nengce_analysis::cube::Cube;

pub(super) const OWN_ENCODING: &str = "byte planes of whole steps, factors in runs (brotli 5)";

/// Name, bytes, bytes packed.
type Size = (&'static str, usize, usize);

/// One fact per row, keys as places in dictionaries.
#[derive(Default)]
struct Rows {
    member: Vec<u32>,
    energy: Vec<u16>,
    period: Vec<u16>,
    quantity: Vec<f64>,
    tce: [Vec<f64>; 2],
    received: Vec<u32>,
    expected: Vec<u32>,
}

impl Rows {
    fn of(cube: &Cube<'_>) -> Self {
        let mut rows = Self::default();
        cube.each_energy(|it| {
            rows.energy.push(it.kind as u16);
            rows.member.push(it.member);
            rows.period.push(it.period as u16);
            rows.quantity.push(it.quantity.unwrap_or(f64::NAN));
            for (side, tce) in rows.tce.iter_mut().zip(it.tce) {
                side.push(tce.unwrap_or(f64::NAN));
            }
            rows.received.push(it.received);
            rows.expected.push(it.expected);
        });
        rows
    }

    fn arrow(&self) -> Result<Vec<u8>> {
        let columns: [(&str, DataType, ArrayRef); 8] = [
            ("member", DataType::UInt32, Arc::new(UInt32Array::from(self.member.clone()))),
            ("energy", DataType::UInt16, Arc::new(UInt16Array::from(self.energy.clone()))),
            ("period", DataType::UInt16, Arc::new(UInt16Array::from(self.period.clone()))),
            ("quantity", DataType::Float64, Arc::new(Float64Array::from(self.quantity.clone()))),
            ("calorific", DataType::Float64, Arc::new(Float64Array::from(self.tce[0].clone()))),
            ("equivalent", DataType::Float64, Arc::new(Float64Array::from(self.tce[1].clone()))),
            ("received", DataType::UInt32, Arc::new(UInt32Array::from(self.received.clone()))),
            ("expected", DataType::UInt32, Arc::new(UInt32Array::from(self.expected.clone()))),
        ];
        let fields: Vec<Field> =
            columns.iter().map(|it| Field::new(it.0, it.1.clone(), true)).collect();
        let schema = Arc::new(Schema::new(fields));
        let batch = RecordBatch::try_new(Arc::clone(&schema), columns.map(|it| it.2).to_vec())?;
        let mut writer = StreamWriter::try_new(Vec::new(), &schema)?;
        writer.write(&batch)?;
        Ok(writer.into_inner()?)
    }

    /// Keys and points as they are, figures by `figures`: plain little-endian columns.
    fn columns(&self, figures: impl Fn(&[f64]) -> Vec<u8>) -> Vec<u8> {
        let mut bytes: Vec<u8> = self.member.iter().flat_map(|it| it.to_le_bytes()).collect();
        bytes.extend(self.energy.iter().chain(&self.period).flat_map(|it| it.to_le_bytes()));
        bytes.extend(self.received.iter().chain(&self.expected).flat_map(|it| it.to_le_bytes()));
        for column in [&self.quantity, &self.tce[0], &self.tce[1]] {
            bytes.extend(figures(column));
        }
        bytes
    }
}

/// Whole hundred-thousandths (0.01 kgce of tce), each less the one before.
fn deltas(column: &[f64]) -> Vec<u8> {
    let mut before = 0;
    let delta = |it: &f64| {
        let now = (it * 1e5).round() as i64;
        let delta = now - before;
        before = now;
        delta.to_le_bytes()
    };
    column.iter().flat_map(delta).collect()
}

pub(super) fn all(cube: &Cube<'_>, own: &[u8]) -> Result<Vec<Size>> {
    let rows = Rows::of(cube);
    let f64s = |it: &[f64]| it.iter().flat_map(|it| it.to_le_bytes()).collect();
    let f32s = |it: &[f64]| it.iter().flat_map(|it| (*it as f32).to_le_bytes()).collect();
    let of = |name: &'static str, bytes: &[u8], quality: u32| -> Result<Size> {
        Ok((name, bytes.len(), brotli(bytes, quality)?.len()))
    };
    Ok(vec![
        of("Arrow IPC, f64 (brotli 5)", &rows.arrow()?, 5)?,
        of("little-endian columns, f64 (brotli 5)", &rows.columns(f64s), 5)?,
        of("little-endian columns, f32 (brotli 5)", &rows.columns(f32s), 5)?,
        of("little-endian columns, i64 of 0.01 kgce, deltas (brotli 5)", &rows.columns(deltas), 5)?,
        of(OWN_ENCODING, own, 5)?,
        of("the same (brotli 9)", own, 9)?,
    ])
}

pub(super) fn brotli(bytes: &[u8], quality: u32) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 1 << 16, quality, 22);
    std::io::Write::write_all(&mut writer, bytes)?;
    drop(writer);
    Ok(packed)
}
