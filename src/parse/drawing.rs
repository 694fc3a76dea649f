//! Drawings: lines, boxes and short words in a frame of their own, for a diagram that a writer draws as inline SVG.
//!
//! A drawing is made for a text that runs from left to right. A writer mirrors it where the page runs the other way.

/// A place in a drawing: from the start edge and from the top, in units of a sixteenth of the size of normal text.
pub(crate) type Point = (f32, f32);

/// How wide a sign is on average, as a share of the size of the text; wide system fonts are taken as the measure.
const SIGN_WIDTH: f32 = 0.6;
/// The size of the words.
pub(crate) const WORDS_SIZE: f32 = 15.0;
/// The distance between two lines of words.
pub(crate) const LINE_HEIGHT: f32 = 19.0;
/// How long the two strokes of an arrowhead are, along the line and across it.
const ARROWHEAD: (f32, f32) = (6.0, 4.5);

/// What a line means, for style sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stroke {
    /// The edge of a chart.
    Axis,
    /// What the chart is about.
    First,
    /// What it is compared with.
    Second,
    /// The way from one box to another.
    Way,
}

impl Stroke {
    /// Gives the name that style sheets use.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Axis => "axis",
            Self::First => "first",
            Self::Second => "second",
            Self::Way => "way",
        }
    }
}

/// Which end of the words stands at their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// Their start.
    Start,
    /// Their middle.
    Middle,
    /// Their end.
    End,
}

impl Anchor {
    /// Gives the value of `text-anchor` (SVG 2).
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// A piece of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// A line through points.
    Line(Stroke, Vec<Point>),
    /// A box: its corner, width and height, and whether it is set apart from the others.
    Box {
        corner: Point,
        size: (f32, f32),
        is_set_apart: bool,
    },
    /// Words in one line.
    Words {
        at: Point,
        anchor: Anchor,
        words: String,
    },
}

/// A drawing, for eyes only: the text beside it names it and says the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Drawing {
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// Its pieces; later ones lie over earlier ones.
    pub shapes: Vec<Shape>,
}

impl Drawing {
    /// Adds a line.
    pub(crate) fn line(&mut self, stroke: Stroke, points: Vec<Point>) {
        self.shapes.push(Shape::Line(stroke, points));
    }

    /// Adds an arrow along an axis, with a head at its end, and one at its start if the way goes both ways.
    pub(crate) fn arrow(&mut self, stroke: Stroke, from: Point, to: Point, is_both_ways: bool) {
        self.line(stroke, vec![from, to]);
        self.arrowhead(stroke, from, to);
        if is_both_ways {
            self.arrowhead(stroke, to, from);
        }
    }

    fn arrowhead(&mut self, stroke: Stroke, from: Point, tip: Point) {
        let (along, across) = ARROWHEAD;
        let (dx, dy) = (tip.0 - from.0, tip.1 - from.1);
        let length = libm::hypotf(dx, dy);
        let (dx, dy) = (dx / length, dy / length);
        let back = (tip.0 - dx * along, tip.1 - dy * along);
        let left = (back.0 - dy * across, back.1 + dx * across);
        let right = (back.0 + dy * across, back.1 - dx * across);
        self.line(stroke, vec![left, tip, right]);
    }

    /// Adds words in as many lines as a width needs, the first at a place; gives where the next line would stand.
    pub(crate) fn words(&mut self, at: Point, anchor: Anchor, words: &str, width: f32) -> f32 {
        let mut y = at.1;
        for line in wrapped(words, width) {
            self.shapes.push(Shape::Words {
                at: (at.0, y),
                anchor,
                words: line,
            });
            y += LINE_HEIGHT;
        }
        y
    }
}

/// Breaks words into lines of at most a width, as far as can be told without a font. A longer word has a line of its own.
pub(crate) fn wrapped(words: &str, width: f32) -> Vec<String> {
    let room = width / (WORDS_SIZE * SIGN_WIDTH);
    let mut lines: Vec<String> = Vec::new();
    let mut left = 0.0;
    for word in words.split_whitespace() {
        let length: f32 = word.chars().map(sign_width).sum();
        match lines.last_mut() {
            Some(line) if left >= length + 1.0 => {
                line.push(' ');
                line.push_str(word);
                left -= length + 1.0;
            }
            _ => {
                lines.push(word.to_owned());
                left = room - length;
            }
        }
    }
    lines
}

/// Gives the width of a sign beside an average one: the signs of Chinese, Japanese and Korean are wide.
fn sign_width(sign: char) -> f32 {
    if sign as u32 >= 0x2e80 { 1.7 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_broken_where_they_would_be_too_wide() {
        let lines = wrapped("Talk with a prescriber about it", 120.0);
        assert_eq!(lines, ["Talk with a", "prescriber", "about it"]);
        assert_eq!(
            wrapped("Unbrokenandverylong", 20.0),
            ["Unbrokenandverylong"]
        );
        assert!(wrapped("  ", 20.0).is_empty());
    }

    #[test]
    fn an_arrow_both_ways_has_two_heads_that_end_at_its_ends() {
        let mut drawing = Drawing::default();
        drawing.arrow(Stroke::Way, (10.0, 10.0), (10.0, 40.0), true);
        let tips: Vec<Point> = drawing
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Line(_, points) if points.len() == 3 => Some(points[1]),
                _ => None,
            })
            .collect();
        assert_eq!(tips, [(10.0, 40.0), (10.0, 10.0)]);
    }
}
