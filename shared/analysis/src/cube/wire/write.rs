//! Writes the parts of a cube, each preceded by what is needed to read it.

use crate::cube::column::{Counts, Figures};
use crate::cube::steps::MILLIONTHS;
use crate::cube::{Cube, Kind};

/// Bytes under construction, little-endian.
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    /// An empty writer with room for some bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    /// The written bytes.
    pub(crate) fn done(self) -> Vec<u8> {
        self.0
    }

    /// Writes a byte.
    pub(crate) fn byte(&mut self, it: u8) {
        self.0.push(it);
    }

    /// Writes a whole number.
    pub(crate) fn number(&mut self, it: usize) {
        self.0.extend((it as u32).to_le_bytes());
    }

    /// All lengths, then all texts.
    pub(crate) fn texts<T: AsRef<str>>(&mut self, texts: impl Iterator<Item = T> + Clone) {
        for text in texts.clone() {
            self.0.extend((text.as_ref().len() as u16).to_le_bytes());
        }
        texts.for_each(|text| self.0.extend(text.as_ref().as_bytes()));
    }

    /// Places and counts.
    pub(crate) fn places(&mut self, places: impl Iterator<Item = usize>) {
        self.counts(&Counts::new(&places.map(|it| it as u32).collect::<Vec<_>>()));
    }

    /// Exact figures.
    pub(crate) fn floats(&mut self, figures: impl Iterator<Item = f64>) {
        self.wide(figures.map(f64::to_bits));
    }

    fn counts(&mut self, it: &Counts<'_>) {
        self.byte(it.planes().len() as u8);
        it.planes().for_each(|plane| self.0.extend(plane));
    }

    fn figures(&mut self, it: &Figures<'_>) {
        it.planes().for_each(|plane| self.0.extend(plane));
    }

    /// Eight planes of as many bytes as there are numbers.
    fn wide(&mut self, numbers: impl Iterator<Item = u64>) {
        let bytes: Vec<[u8; 8]> = numbers.map(u64::to_le_bytes).collect();
        for plane in 0..8 {
            self.0.extend(bytes.iter().map(|it| it[plane]));
        }
    }
}

/// Writes a cube.
pub(super) fn body(cube: &Cube<'_>, to: &mut Writer) {
    to.0.extend(cube.version.to_le_bytes());
    to.byte(cube.axis.grain().code() as u8);
    to.byte(cube.level.code() as u8);
    to.0.extend(cube.axis.first().to_le_bytes());
    to.number(cube.axis.len());
    to.number(cube.members.len());
    to.0.extend(cube.members.iter().map(|it| it.class.code() as u8));
    to.texts(cube.members.iter().map(|it| it.code.as_str()));
    to.texts(cube.members.iter().map(|it| it.name.as_str()));
    to.texts(cube.members.iter().map(|it| it.region.as_str()));
    to.texts(cube.members.iter().map(|it| it.industry.as_str()));
    kinds(&cube.energies, to);
    kinds(&cube.products, to);
    let energy = &cube.energy;
    to.number(energy.series());
    to.counts(&Counts::new(&energy.member));
    to.counts(&Counts::new(&energy.kind));
    to.wide(energy.step.iter().map(|it| it.to_bits()));
    to.number(energy.factors.len());
    for side in 0..2 {
        to.wide(energy.factors.iter().map(|factor| {
            let millionths = factor.kgce[side].map(|it| (it * MILLIONTHS).round() as i64);
            millionths.unwrap_or(i64::MIN) as u64
        }));
    }
    let runs: Vec<u32> = energy.first_run.windows(2).map(|it| it[1] - it[0]).collect();
    to.number(energy.runs.len());
    to.counts(&Counts::new(&runs));
    let until: Vec<u32> = energy.runs.iter().map(|it| it.until).collect();
    to.counts(&Counts::new(&until));
    let factor: Vec<u32> = energy.runs.iter().map(|it| it.factor).collect();
    to.counts(&Counts::new(&factor));
    to.figures(&energy.quantity);
    to.counts(&energy.expected);
    to.counts(&energy.lacking);
    let economy = &cube.economy;
    to.number(economy.series());
    to.counts(&Counts::new(&economy.member));
    to.counts(&Counts::new(&economy.kind));
    to.wide(economy.step.iter().map(|it| it.to_bits()));
    to.figures(&economy.amount);
}

fn kinds(kinds: &[Kind], to: &mut Writer) {
    to.number(kinds.len());
    to.0.extend(kinds.iter().map(|it| it.group.code() as u8));
    to.texts(kinds.iter().map(|it| it.code.as_str()));
    to.texts(kinds.iter().map(|it| it.zh.as_str()));
    to.texts(kinds.iter().map(|it| it.en.as_str()));
    to.texts(kinds.iter().map(|it| it.unit.as_str()));
}
