//! Writes a drawing as inline SVG (SVG 2), colored by classes alone. It is hidden from screen readers, which read the same in the words
//! beside it.

use super::Writer;
use crate::parse::drawing::{Drawing, Point, Shape};
use std::fmt::Write as _;

/// Writes a drawing; on a page that runs from right to left, its mirror image. Its words keep their direction.
pub(super) fn write(writer: &mut Writer<'_>, drawing: &Drawing) {
    let is_mirrored = writer.language.language.is_right_to_left();
    let across = |x: f32| if is_mirrored { drawing.width - x } else { x };
    let _ = writeln!(
        writer.out,
        "<svg class=\"drawing\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" aria-hidden=\"true\">",
        drawing.width, drawing.height
    );
    for shape in &drawing.shapes {
        match shape {
            Shape::Line(stroke, points) => {
                let _ = write!(writer.out, "<path class=\"{}\" d=\"", stroke.class());
                for (index, (x, y)) in points.iter().enumerate() {
                    let sign = if index == 0 { 'M' } else { 'L' };
                    let _ = write!(writer.out, "{sign}{} {}", tenths(across(*x)), tenths(*y));
                }
                writer.out.push('"');
            }
            Shape::Box {
                corner: (x, y),
                size: (width, height),
                is_set_apart,
            } => {
                let left = if is_mirrored { across(*x) - width } else { *x };
                let class = if *is_set_apart { "box apart" } else { "box" };
                let _ = write!(
                    writer.out,
                    "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\"",
                    tenths(left),
                    tenths(*y),
                    tenths(*width),
                    tenths(*height)
                );
            }
            Shape::Words { at, anchor, words } => {
                let (x, y): Point = *at;
                let _ = write!(
                    writer.out,
                    "<text x=\"{}\" y=\"{}\" text-anchor=\"{}\">",
                    tenths(across(x)),
                    tenths(y),
                    anchor.word()
                );
                writer.escape(words);
                writer.out.push_str("</text>\n");
                continue;
            }
        }
        writer.out.push_str("/>\n");
    }
    writer.out.push_str("</svg>\n");
}

/// Gives a length with at most one digit behind the point.
fn tenths(length: f32) -> f32 {
    (length * 10.0).round() / 10.0
}
