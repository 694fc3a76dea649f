//! Tables with more columns than a phone can show.

use crate::finding::rules::WIDE_TABLE;
use crate::finding::{Finding, Findings};
use crate::parse::Document;
use crate::parse::tree::Kind;

/// The most columns of a table.
const MOST: usize = 5;

/// Finds tables that are too wide, at the name of the first column that is too many.
pub(super) fn wide_table(document: &Document, findings: &mut Findings) {
    let tree = &document.tree;
    for &table in &document.tables {
        let head = tree
            .children(table)
            .find(|child| matches!(tree.node(*child).kind, Kind::Row { .. }));
        let Some(head) = head else { continue };
        let Some(column) = tree.children(head).nth(MOST) else {
            continue;
        };
        let count = tree.children(head).count();
        let message = format!(
            "the table has {count} columns; with more than {MOST}, it must be moved sideways on a phone"
        );
        // A cell begins and ends with spaces; its words do not.
        let mut place = tree.node(column).place;
        if let (Some(first), Some(last)) = (tree.first_child(column), tree.last_child(column)) {
            place.start = tree.node(first).place.start;
            place.end = tree.node(last).place.end;
        }
        findings.push(
            Finding::new(&WIDE_TABLE, place, message)
                .help("leave out what readers do not need, or make two tables or a list of it"),
        );
    }
}
