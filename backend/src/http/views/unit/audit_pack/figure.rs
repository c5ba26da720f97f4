//! The energy flow as a PNG: the Sankey diagram of the portal, painted in memory. The font holds the characters of the
//! built-in dictionaries; a name that it cannot write is drawn by its code.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io::Write;

use ab_glyph::{Font, FontRef, PxScale, ScaleFont};
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use nengce_charts::comparisons::sankey::{Link, Node, Sankey};
use nengce_charts::paint::{Look, paint};
use nengce_charts::scene::palette::{Ink, Palette};
use nengce_shared::api::audit_pack::{AuditPack, PackNode};
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::number;
use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

/// The size of the figure in CSS pixels; more nodes in a column need more height.
const WIDTH: f64 = 900.0;
const HEIGHT: f64 = 420.0;
const HEIGHT_OF_NODE: f64 = 34.0;
const HIGHEST: f64 = 1_200.0;
/// Painted at this many device pixels per pixel, and then every four of them become one.
const RATIO: f64 = 4.0;

/// A subset of Noto Sans CJK SC (see NOTICE).
static FONT: &[u8] = include_bytes!("figure.otf");
static COLOURS: &str = include_str!("../../../../../../public/styles/tokens.css");

/// The picture and its size in CSS pixels; none without an edge.
pub(super) fn png(pack: &AuditPack) -> Option<(Vec<u8>, f64, f64)> {
    let font = FontRef::try_from_slice(FONT).ok()?;
    let palette = Palette::read(|token| colour(token).map(str::to_owned)).ok()?;
    let (nodes, links) = drawing(pack, &font);
    if links.is_empty() {
        return None;
    }
    let most = (0..3).map(|column| nodes.iter().filter(|it| it.column == column).count()).max()?;
    let height = (most as f64 * HEIGHT_OF_NODE).clamp(HEIGHT, HIGHEST);
    let titles = ["能源投入", "工序与用能环节", "产出与去向"].map(str::to_owned);
    let scene = Sankey { nodes: &nodes, links: &links, titles: &titles }.scene(WIDTH, height);
    let mut canvas = Canvas::new(font, WIDTH * RATIO, height * RATIO);
    paint(&scene, Look { palette: &palette, fonts: "", ratio: RATIO }, &mut canvas).ok()?;
    Some((canvas.png()?, WIDTH, height))
}

/// The colour of a token in the light theme.
fn colour(token: &str) -> Option<&'static str> {
    let after = COLOURS.split_once(&format!("--light-{token}:"))?.1;
    Some(after.split_once(';')?.0.trim())
}

fn drawing(pack: &AuditPack, font: &FontRef<'_>) -> (Vec<Node>, Vec<Link>) {
    let ink = |energy_type: Option<&String>| {
        energy_type.map(|it| Ink::of_energy(EnergyGroup::of_type(it)))
    };
    let node = |it: &PackNode| {
        let can_write = it.name.chars().all(|it| font.glyph_id(it).0 != 0);
        let code = it.id.rsplit(':').next().unwrap_or_default();
        Node {
            name: if can_write { it.name.clone() } else { code.to_owned() },
            figure: format!("{} tce", number::unit_tce(Some(it.tce))),
            column: usize::from(it.column),
            value: it.tce,
            ink: ink(it.energy_type.as_ref()).unwrap_or(Ink::Line3),
        }
    };
    let places: HashMap<&str, usize> =
        pack.nodes.iter().enumerate().map(|(at, it)| (it.id.as_str(), at)).collect();
    let links = pack.edges.iter().filter_map(|it| {
        Some(Link {
            from: *places.get(it.from.as_str())?,
            to: *places.get(it.to.as_str())?,
            value: it.tce,
            ink: ink(it.energy_type.as_ref()).unwrap_or(Ink::Line3),
            inferred: it.inferred,
        })
    });
    (pack.nodes.iter().map(node).collect(), links.collect())
}

/// Pixels of red, green and blue.
struct Canvas<'a> {
    font: FontRef<'a>,
    width: usize,
    height: usize,
    pixels: Vec<[u8; 3]>,
}

impl<'a> Canvas<'a> {
    fn new(font: FontRef<'a>, width: f64, height: f64) -> Self {
        let (width, height) = (width as usize, height as usize);
        Self { font, width, height, pixels: vec![[255; 3]; width * height] }
    }

    /// Half as wide and as high, so that edges are smooth.
    fn png(&self) -> Option<Vec<u8>> {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut rows = ZlibEncoder::new(Vec::new(), Compression::default());
        for y in 0..height {
            let mut line = vec![0u8];
            for x in 0..width {
                let at = |dx: usize, dy: usize| self.pixels[(2 * y + dy) * self.width + 2 * x + dx];
                let four = [at(0, 0), at(1, 0), at(0, 1), at(1, 1)];
                line.extend(
                    (0..3).map(|c| (four.iter().map(|it| u16::from(it[c])).sum::<u16>() / 4) as u8),
                );
            }
            rows.write_all(&line).ok()?;
        }
        let mut head = Vec::new();
        head.extend(u32::try_from(width).ok()?.to_be_bytes());
        head.extend(u32::try_from(height).ok()?.to_be_bytes());
        // Eight bits for each of three colours, no interlacing.
        head.extend([8, 2, 0, 0, 0]);
        let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
        let parts = [(b"IHDR", head), (b"IDAT", rows.finish().ok()?), (b"IEND", Vec::new())];
        for (name, data) in parts {
            let mut sum = Crc::new();
            sum.update(name);
            sum.update(&data);
            file.extend(u32::try_from(data.len()).ok()?.to_be_bytes());
            file.extend(name);
            file.extend(&data);
            file.extend(sum.sum().to_be_bytes());
        }
        Some(file)
    }

    fn blend(&mut self, (x, y): BackendCoord, color: BackendColor, alpha: f64) {
        let inside = |at: i32, most: usize| usize::try_from(at).ok().filter(|it| *it < most);
        let Some((x, y)) = inside(x, self.width).zip(inside(y, self.height)) else { return };
        let pixel = &mut self.pixels[y * self.width + x];
        let ink = [color.rgb.0, color.rgb.1, color.rgb.2];
        for (under, over) in pixel.iter_mut().zip(ink) {
            let mixed = f64::from(*under) * (1.0 - alpha) + f64::from(over) * alpha;
            *under = mixed.round() as u8;
        }
    }
}

type Done = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (self.width as u32, self.height as u32)
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Done {
        self.blend(at, color, color.alpha);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        _fill: bool,
    ) -> Done {
        let color = style.color();
        for y in from.1..to.1 {
            for x in from.0..to.0 {
                self.blend((x, y), color, color.alpha);
            }
        }
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Done {
        let em = self.font.units_per_em().unwrap_or(1_000.0);
        let scale = PxScale::from(style.size() as f32 * self.font.height_unscaled() / em);
        let font = self.font.clone();
        let scaled = font.as_scaled(scale);
        let width: f32 = text.chars().map(|it| scaled.h_advance(scaled.glyph_id(it))).sum();
        let left = match style.anchor().h_pos {
            HPos::Left => 0.0,
            HPos::Center => width / 2.0,
            HPos::Right => width,
        };
        let baseline = at.1 as f32 + (scaled.ascent() + scaled.descent()) / 2.0;
        let mut pen = at.0 as f32 - left;
        let color = style.color();
        for letter in text.chars() {
            let id = scaled.glyph_id(letter);
            let glyph = id.with_scale_and_position(scale, ab_glyph::point(pen, baseline));
            pen += scaled.h_advance(id);
            let Some(outline) = scaled.outline_glyph(glyph) else { continue };
            let corner = outline.px_bounds().min;
            outline.draw(|x, y, coverage| {
                let place = (corner.x as i32 + x as i32, corner.y as i32 + y as i32);
                self.blend(place, color, color.alpha * f64::from(coverage.clamp(0.0, 1.0)));
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use nengce_core::reference::Dictionaries;

    use super::*;

    #[test]
    fn the_font_writes_every_name_of_the_dictionaries() {
        let font = FontRef::try_from_slice(FONT).unwrap();
        let dictionaries = Dictionaries::built_in();
        let energies = dictionaries.energy_types.iter().map(|it| it.name_zh.as_str());
        let processes = dictionaries.processes.iter().map(|it| it.name_zh.as_str());
        let own = [
            "其他用能（未分工序）",
            "加工转换与全厂用能",
            "终端用能与损失",
            "产出与回收",
            "其他输入（原料化学能等）",
        ];
        for letter in energies.chain(processes).chain(own).flat_map(str::chars) {
            assert_ne!(font.glyph_id(letter).0, 0, "{letter}");
        }
    }

    #[test]
    fn every_colour_stands_in_the_style_sheet() {
        assert!(Palette::read(|token| colour(token).map(str::to_owned)).is_ok());
    }
}
