//! Diagrams: the path of care, the idea of half-life, the shape of a taper. Each is drawn from the data here and has a list or table
//! beside it that says the same in words. No doses, no dates, and no numbers on an axis that a reader could follow.

use super::Options;
use crate::base::place::Place;
use crate::model::page_tree::Composer;
use crate::parse::drawing::{Anchor, Drawing, LINE_HEIGHT, Point, Stroke, WORDS_SIZE, wrapped};
use crate::parse::tree::{CellRole, Kind, NodeId, Part};

/// The width of all drawings: on a phone of 320 pixels their words keep nearly the size of normal text.
const WIDTH: f32 = 280.0;
/// Where a chart begins and ends, across and down.
const CHART: (Point, Point) = ((10.0, 30.0), (270.0, 160.0));
/// How many steps the path of care has.
const STEPS_OF_CARE: usize = 5;
/// The room between the words of a box and its edge.
const PADDING: f32 = 10.0;

/// How often a dose is taken in the drawing of half-life.
const DOSES: usize = 5;
/// The half-lives that are drawn, as shares of the time between two doses: one wears off in between, one builds up.
const HALF_LIVES: (f32, f32) = (0.3, 3.0);
/// How many points a curve has between two doses.
const POINTS: usize = 24;
/// The shares of a medicine that are left after each half-life.
const SHARES: [(u8, &str); 4] = [(0, "100 %"), (1, "50 %"), (2, "25 %"), (3, "12 %")];

/// A taper as an idea: how long each level lasts, how long the way down from it takes, and the level, as shares of the chart.
const UNEVEN: [(f32, f32, f32); 6] = [
    (0.12, 0.0, 1.0),
    (0.13, 0.0, 0.82),
    (0.26, 0.0, 0.66),
    (0.1, 0.11, 0.5),
    (0.12, 0.0, 0.3),
    (0.16, 0.0, 0.16),
];
/// Another one, with smaller steps near its end.
const SMALLER: [(f32, f32, f32); 8] = [
    (0.08, 0.0, 0.96),
    (0.1, 0.0, 0.74),
    (0.12, 0.0, 0.56),
    (0.13, 0.0, 0.42),
    (0.13, 0.0, 0.32),
    (0.14, 0.0, 0.24),
    (0.14, 0.0, 0.17),
    (0.16, 0.0, 0.11),
];

/// Adds the steps of the path of care.
pub(super) fn path_of_care(composer: &mut Composer<'_, '_>, parent: NodeId, _: &Options, _: Place) {
    let figure = open(composer, parent, "path-of-care");
    let mut drawing = drawing();
    let box_width = WIDTH - 40.0;
    let lane = WIDTH - 10.0;
    let mut y = 2.0;
    let mut before: Option<f32> = None;
    let mut first: Option<f32> = None;
    for step in 1..=STEPS_OF_CARE {
        let words = composer.text(&format!("path-of-care-{step}-short"));
        if let Some(before) = before {
            let middle = box_width / 2.0;
            drawing.arrow(Stroke::Way, (middle, before), (middle, y), true);
        }
        let end = boxed(&mut drawing, (2.0, y), box_width, &words, false);
        let height = f32::midpoint(y, end);
        drawing.line(Stroke::Way, vec![(box_width + 2.0, height), (lane, height)]);
        first.get_or_insert(height);
        before = Some(end);
        y = end + 24.0;
    }
    if let Some(first) = first {
        drawing.arrow(Stroke::Way, (lane, first), (lane, y), false);
    }
    let words = composer.text("path-of-care-exit-short");
    let end = boxed(&mut drawing, (2.0, y), WIDTH - 4.0, &words, true);
    drawing.height = end + 2.0;
    add(composer, figure, drawing);
    lines(composer, figure, "path-of-care", STEPS_OF_CARE);
    remark(composer, figure, "path-of-care");
}

/// Adds the shape of a taper: two ways down, with pauses and without a figure.
pub(super) fn taper_idea(composer: &mut Composer<'_, '_>, parent: NodeId, _: &Options, _: Place) {
    let figure = open(composer, parent, "taper-idea");
    let mut drawing = chart(composer, "taper-idea");
    drawing.line(Stroke::Second, steps(&SMALLER));
    drawing.line(Stroke::First, steps(&UNEVEN));
    let words = composer.text("taper-idea-short");
    let ((left, top), (right, _)) = CHART;
    let room = (right - left) * 0.55;
    drawing.words((right, top + 6.0), Anchor::End, &words, room);
    keys(composer, &mut drawing, "taper-idea");
    add(composer, figure, drawing);
    lines(composer, figure, "taper-idea", 4);
    remark(composer, figure, "taper-idea");
}

/// Adds the idea of half-life: what wears off between doses and what builds up, and what is left after each half-life.
pub(super) fn half_life(composer: &mut Composer<'_, '_>, parent: NodeId, _: &Options, _: Place) {
    let figure = open(composer, parent, "half-life");
    let mut drawing = chart(composer, "half-life");
    let (short, long) = HALF_LIVES;
    let peak = levels(long)
        .into_iter()
        .fold(0.0, |peak: f32, (_, level)| peak.max(level));
    drawing.line(Stroke::Second, in_chart(&levels(long), peak));
    drawing.line(Stroke::First, in_chart(&levels(short), peak));
    keys(composer, &mut drawing, "half-life");
    add(composer, figure, drawing);
    lines(composer, figure, "half-life", 2);
    let caption = composer.text("half-life-table");
    let heads = ["half-life-passed", "half-life-left"].map(|name| composer.text(name));
    let table = composer.table(figure, &caption, &heads);
    let place = composer.place;
    for (passed, left) in SHARES {
        let row = composer.row(table, place);
        let cell = composer.cell(row, CellRole::RowHeader, place);
        composer.add_words(cell, &passed.to_string());
        let cell = composer.cell(row, CellRole::Value, place);
        composer.add_words(cell, left);
    }
    remark(composer, figure, "half-life");
}

/// Begins a figure with its title.
fn open(composer: &mut Composer<'_, '_>, parent: NodeId, name: &str) -> NodeId {
    let figure = composer.add(parent, Kind::Part(Part::Diagram, None));
    let place = composer.place;
    let title = composer.text(&format!("{name}-title"));
    let lead = composer.paragraph(figure, "", place);
    let strong = composer.add(lead, Kind::Strong);
    composer.add_words(strong, &title);
    figure
}

/// Adds what the drawing shows, line by line.
fn lines(composer: &mut Composer<'_, '_>, figure: NodeId, name: &str, count: usize) {
    let place = composer.place;
    let list = composer.add(figure, Kind::List { start: Some(1) });
    for line in 1..=count {
        let item = composer.add(list, Kind::Item { ticked: None });
        let words = composer.text(&format!("{name}-{line}"));
        composer.message(item, &words, place);
    }
}

fn remark(composer: &mut Composer<'_, '_>, figure: NodeId, name: &str) {
    let place = composer.place;
    let remark = composer.text(&format!("{name}-remark"));
    composer.paragraph(figure, &remark, place);
}

/// Begins a drawing.
fn drawing() -> Drawing {
    Drawing {
        width: WIDTH,
        ..Drawing::default()
    }
}

/// Begins a chart: its two edges and the words for them.
fn chart(composer: &Composer<'_, '_>, name: &str) -> Drawing {
    let mut chart = drawing();
    let ((left, top), (right, bottom)) = CHART;
    chart.arrow(Stroke::Axis, (left, bottom), (left, top - 10.0), false);
    chart.arrow(Stroke::Axis, (left, bottom), (right, bottom), false);
    let up = composer.text(&format!("{name}-up"));
    chart.words((0.0, WORDS_SIZE), Anchor::Start, &up, WIDTH);
    let time = composer.text("chart-time");
    chart.words((right, bottom + LINE_HEIGHT), Anchor::End, &time, WIDTH);
    chart
}

/// Says below a chart what its two lines mean, and gives the drawing its height.
fn keys(composer: &Composer<'_, '_>, drawing: &mut Drawing, name: &str) {
    let mut y = CHART.1.1 + LINE_HEIGHT * 2.0 + 8.0;
    for (stroke, key) in [(Stroke::First, "first"), (Stroke::Second, "second")] {
        let middle = y - WORDS_SIZE / 3.0;
        drawing.line(stroke, vec![(0.0, middle), (28.0, middle)]);
        let words = composer.text(&format!("{name}-{key}-short"));
        y = drawing.words((38.0, y), Anchor::Start, &words, WIDTH - 38.0) + 4.0;
    }
    drawing.height = y - LINE_HEIGHT + 6.0;
}

/// Adds words in a box; gives the lower edge of the box.
fn boxed(drawing: &mut Drawing, corner: Point, width: f32, words: &str, is_set_apart: bool) -> f32 {
    let room = width - 2.0 * PADDING;
    let count = wrapped(words, room)
        .iter()
        .fold(0.0, |count, _| count + 1.0);
    let height = LINE_HEIGHT * count + PADDING;
    drawing.shapes.push(crate::parse::drawing::Shape::Box {
        corner,
        size: (width, height),
        is_set_apart,
    });
    let first = corner.1 + PADDING / 2.0 + WORDS_SIZE;
    drawing.words((corner.0 + width / 2.0, first), Anchor::Middle, words, room);
    corner.1 + height
}

fn add(composer: &mut Composer<'_, '_>, figure: NodeId, drawing: Drawing) {
    let number = composer.out.add_drawing(drawing);
    composer.add(figure, Kind::Drawing(number));
}

/// Gives the line of a taper in the chart.
fn steps(steps: &[(f32, f32, f32)]) -> Vec<Point> {
    let mut points = Vec::new();
    let mut at = 0.0;
    for (index, (lasts, falls, level)) in steps.iter().enumerate() {
        points.push((at, *level));
        at += lasts;
        points.push((at, *level));
        if index + 1 < steps.len() {
            at += falls;
        }
    }
    in_chart(&points, 1.0)
}

/// Gives the level in the body while doses of the same size are taken at the same distance: each dose adds one and halves with
/// every half-life (first-order elimination). Time is a share of the whole, half-lives are shares of the distance of doses.
fn levels(half_life: f32) -> Vec<Point> {
    let mut points = Vec::new();
    let mut level = 0.0;
    let mut time = 0.0;
    for _ in 0..DOSES {
        points.push((share(time), level));
        level += 1.0;
        points.push((share(time), level));
        let start = level;
        for point in 1..=POINTS {
            #[expect(clippy::cast_precision_loss, reason = "both numbers are small")]
            let passed = point as f32 / POINTS as f32;
            level = start * libm::exp2f(-passed / half_life);
            points.push((share(time + passed), level));
        }
        time += 1.0;
    }
    points
}

/// Gives a time, counted in doses, as a share of the time that is drawn.
fn share(time: f32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "there are few doses")]
    let all = DOSES as f32;
    time / all
}

/// Gives points as shares of time and level at their places in the chart.
fn in_chart(points: &[Point], highest: f32) -> Vec<Point> {
    let ((left, top), (right, bottom)) = CHART;
    let place = |(time, level): &Point| {
        (
            left + time * (right - left - 6.0),
            bottom - level / highest * (bottom - top),
        )
    };
    points.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_halves_with_each_half_life() {
        let one = levels(1.0);
        let after_one_dose = one[1 + POINTS];
        assert!((after_one_dose.1 - 0.5).abs() < 0.001, "{after_one_dose:?}");
    }

    #[test]
    fn a_short_half_life_wears_off_between_doses_and_a_long_one_builds_up() {
        let (short, long) = HALF_LIVES;
        let lowest = |half_life| levels(half_life).last().map_or(0.0, |(_, level)| *level);
        assert!(lowest(short) < 0.15);
        assert!(lowest(long) > 1.5);
    }

    #[test]
    fn the_ways_down_never_go_up_and_stay_in_the_chart() {
        for taper in [&UNEVEN[..], &SMALLER[..]] {
            let points = steps(taper);
            assert!(points.is_sorted_by(|left, right| left.1 <= right.1 && left.0 <= right.0));
            let ((left, top), (right, bottom)) = CHART;
            for (x, y) in points {
                assert!(
                    (left..=right).contains(&x) && (top..=bottom).contains(&y),
                    "{x} {y}"
                );
            }
        }
    }
}
