//! What Markdown means: text in, the tree as indented text out, findings with their places.

use super::tree::{Kind, NodeId, Tree};
use super::{OneText, Outline, Reading, parse};
use crate::base::place::position;
use crate::finding::Findings;
use crate::load::SourceFile;

fn file(text: &str) -> SourceFile {
    SourceFile::of_text("content/_shared/en/test.md", text)
}

fn read(text: &str) -> (super::Document, Vec<String>) {
    let mut findings = Findings::default();
    let reading = Reading {
        html_allow: vec!["abbr".to_owned(), "br".to_owned()],
    };
    let document = parse(&file(text), false, &reading, &mut findings);
    findings.settle(&OneText(text));
    let lines = findings.iter().map(|finding| {
        let at = position(text, finding.at.map_or(0, |place| place.start as usize));
        format!("{}:{}: {}", at.line, at.column, finding.rule.name)
    });
    (document, lines.collect())
}

/// Writes a node and those below it in one line: `Paragraph("text", Strong("more"))`.
fn shown(tree: &Tree, id: NodeId, text: &str) -> String {
    let sources = OneText(text);
    let node = tree.node(id);
    let name = match node.kind {
        Kind::Text(_) => return format!("{:?}", tree.words(id, &sources)),
        Kind::SoftBreak => return "·".to_owned(),
        Kind::Code(_) | Kind::CodeBlock(_) => {
            return format!("Code({:?})", tree.words(id, &sources));
        }
        Kind::Placeholder => return text[node.place.range()].to_owned(),
        Kind::Citation(citation) => {
            let ids: Vec<&str> = tree.citations[citation as usize]
                .iter()
                .map(|id| id.value.as_str())
                .collect();
            return format!("Cite({})", ids.join(" "));
        }
        Kind::Embed(embed) => {
            let embed = &tree.embeds[embed as usize];
            let options = embed
                .options
                .iter()
                .map(|(key, value)| format!("{}={}", key.value, value.value));
            let words: Vec<String> = std::iter::once(embed.name.value.clone())
                .chain(options)
                .collect();
            return format!("Embed({})", words.join(" "));
        }
        Kind::Link(link) | Kind::Image(link) => format!("{:?}", tree.links[link as usize].target),
        Kind::Element(element) => format!("<{}>", tree.elements[element as usize].name),
        Kind::Foreign(code) => format!("Foreign:{}", tree.kept(code)),
        Kind::FootnoteMark(label) | Kind::FootnoteText(label) => {
            format!("Note:{}", tree.kept(label))
        }
        Kind::Callout(kind) => format!("Callout:{}", kind.word()),
        Kind::DefinitionTerm(_) => "DefinitionTerm".to_owned(),
        Kind::Heading { level, .. } => format!("H{level}"),
        Kind::Item {
            ticked: Some(ticked),
        } => format!("Item:{ticked}"),
        Kind::Item { .. } => "Item".to_owned(),
        Kind::List { .. } => "List".to_owned(),
        Kind::Row { .. } => "Row".to_owned(),
        Kind::Cell { role, .. } => format!("{role:?}"),
        other => format!("{other:?}"),
    };
    let children: Vec<String> = tree
        .children(id)
        .map(|child| shown(tree, child, text))
        .collect();
    format!("{name}({})", children.join(" "))
}

/// Reads Markdown; gives the tree and the findings.
#[track_caller]
fn check(text: &str, tree: &str, findings: &[&str]) {
    let (document, found) = read(text);
    let blocks: Vec<String> = document
        .tree
        .children(Tree::ROOT)
        .map(|block| shown(&document.tree, block, text))
        .collect();
    assert_eq!(blocks.join("\n"), tree, "the tree of {text:?}");
    assert_eq!(found, findings, "the findings of {text:?}");
}

#[test]
fn a_callout_is_recognized_in_the_first_line_of_a_quote() {
    check(
        "> [!emergency] Call {emergency} if:\n> - one\n> - two\n",
        "Callout:emergency(CalloutTitle(\"Call \" {emergency} \" if:\") List(Item(\"one\") Item(\"two\")))",
        &[],
    );
    check(
        "> [!more]- Read on\n> text\n",
        "Callout:more(CalloutTitle(\"Read on\") Paragraph(\"text\"))",
        &[],
    );
    check(
        "> [!note]\n> text\n",
        "Callout:note(Paragraph(\"text\"))",
        &[],
    );
    check("> plain\n", "Quote(Paragraph(\"plain\"))", &[]);
    check(
        "> [!wanring] Hm\n",
        "Callout:note(CalloutTitle(\"Hm\"))",
        &["1:5: unknown-callout"],
    );
}

#[test]
fn the_title_of_choices_and_stages_is_a_heading_below_the_one_before() {
    check(
        "> [!choices] What now? {#now}\n> - one\n",
        "Callout:choices(H2(\"What now?\") List(Item(\"one\")))",
        &[],
    );
    check(
        "# One\n\n> [!stages] First\n",
        "H1(\"One\")\nCallout:stages(H3(\"First\"))",
        &[],
    );
    check(
        "### Three\n\n> [!choices] Next\n>\n> ###### Six\n\n> [!Choices]\n> words\n",
        "H3(\"Three\")\nCallout:choices(H4(\"Next\") H6(\"Six\"))\nCallout:choices(Paragraph(\"words\"))",
        &[],
    );
    let (document, _) = read("> [!choices] What now? {#now}\n\n> [!stages] Step by step\n");
    let ids = document.outline.iter().map(|entry| match entry {
        Outline::Heading { id, .. } => id.as_str(),
        Outline::Embed(_) => "",
    });
    assert_eq!(ids.collect::<Vec<_>>(), ["now", "step-by-step"]);
}

#[test]
fn citations_are_read_unless_they_are_escaped_or_links() {
    check(
        "Yes [@a; @b-2].\n",
        "Paragraph(\"Yes \" Cite(a b-2) \".\")",
        &[],
    );
    check("No \\[@a].\n", "Paragraph(\"No \" \"[@a].\")", &[]);
    check("[@a](x.md)\n", "Paragraph(Written(\"x.md\")(\"@a\"))", &[]);
}

#[test]
fn placeholders_stand_in_any_text() {
    check(
        "Call {center.after_hours} or _{crisis}_, not \\{x} or {two words}.\n",
        "Paragraph(\"Call \" {center.after_hours} \" or \" Emphasis({crisis}) \", not \" \"{x} or {two words}.\")",
        &[],
    );
    check("## Call {emergency}\n", "H2(\"Call \" {emergency})", &[]);
}

#[test]
fn embeds_stand_alone_and_have_options() {
    check("![[c-stop]]\n", "Embed(c-stop)", &[]);
    check(
        "![[helplines|when=crisis|country=US]]\n",
        "Embed(helplines when=crisis country=US)",
        &[],
    );
    check(
        "See ![[c-stop]] here.\n",
        "Paragraph(\"See \" \" here.\")",
        &["1:5: unknown-embed"],
    );
    check("- ![[a]]\n- b\n", "List(Item(Embed(a)) Item(\"b\"))", &[]);
}

#[test]
fn wikilinks_work_in_tables_too() {
    check(
        "Table: Two ways\n\n| A | B |\n| - | - |\n| x | [[s\\|t]] |\n",
        "Table(Caption(\"Two ways\") Row(ColumnHeader(\"A\") ColumnHeader(\"B\")) Row(RowHeader(\"x\") Value(Wiki(\"s\")(\"t\"))))",
        &[],
    );
    check("[[tapering/x]]\n", "Paragraph(Wiki(\"tapering/x\")())", &[]);
}

#[test]
fn attributes_follow_brackets_pictures_and_headings() {
    check(
        "[hola]{lang=es} [addict]{mention}\n",
        "Paragraph(Foreign:es(\"hola\") \" \" Mention(\"addict\"))",
        &[],
    );
    check(
        "![](x.svg){decorative}\n",
        "Paragraph(Written(\"x.svg\")())",
        &[],
    );
    check(
        "![](x.svg)\n",
        "Paragraph(Written(\"x.svg\")())",
        &["1:1: missing-alt-text"],
    );
    check(
        "[a]{color=red}\n",
        "Paragraph(Mention(\"a\"))",
        &["1:4: wrong-value"],
    );
    let (document, _) = read("## Danger signs {#signs}\n\n## Danger signs\n");
    let ids: Vec<(&str, bool)> = document
        .outline
        .iter()
        .filter_map(|entry| match entry {
            Outline::Heading { id, is_written, .. } => Some((id.as_str(), *is_written)),
            Outline::Embed(_) => None,
        })
        .collect();
    assert_eq!(ids, [("signs", true), ("danger-signs", false)]);
}

#[test]
fn references_that_lead_nowhere_are_found() {
    check(
        "A[^x] and [b][c].\n",
        "Paragraph(\"A[^x] and [b][c].\")",
        &["1:2: leftover-reference", "1:11: leftover-reference"],
    );
    check(
        "A[^x].\n\n[^x]: Text\n",
        "Paragraph(\"A\" Note:x() \".\")\nNote:x(Paragraph(\"Text\"))",
        &[],
    );
    check(
        "He said [sic] so.\n",
        "Paragraph(\"He said [sic] so.\")",
        &[],
    );
}

#[test]
fn html_is_cleaned_or_refused() {
    check(
        "<abbr title=\"x\">a</abbr>, <b>c</b>\n",
        "Paragraph(<abbr>(\"a\") \", \" \"c\")",
        &["1:27: raw-html"],
    );
    check(
        "<!-- a note -->\n\nText <!-- here --> too\n",
        "Paragraph(\"Text \" \" too\")",
        &[],
    );
    check("<script>alert(1)</script>\n", "", &["1:1: raw-html"]);
}

#[test]
fn definition_lists_and_tasks_are_read() {
    check(
        "Taper\n: Going down slowly\n",
        "DefinitionList(DefinitionTerm(\"Taper\") Definition(\"Going down slowly\"))",
        &[],
    );
    check(
        "- [x] done\n- [ ] open\n",
        "List(Item:true(\"done\") Item:false(\"open\"))",
        &[],
    );
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_no_place() {
    let text = "\u{feff}---\r\nfacts: [F-1]\r\n---\r\nOne\r\n[a][b]\r\n";
    let (document, findings) = read(text);
    assert_eq!(findings, ["5:1: leftover-reference"]);
    assert_eq!(document.front.facts[0].value, "F-1");
}

#[test]
fn nesting_has_a_limit_and_the_rest_is_kept() {
    let text = format!("{}deep\n\nafter\n", "> ".repeat(150));
    let (document, findings) = read(&text);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].ends_with("too-deep"), "{findings:?}");
    let last = document.tree.last_child(Tree::ROOT).expect("a block");
    assert_eq!(shown(&document.tree, last, &text), "Paragraph(\"after\")");
}

#[test]
fn lines_of_the_front_matter_are_read_whatever_the_text_below_holds() {
    let text = "---\nkey_points:\n  - Call {emergency} now.\n---\n[addict]{mention} text\n";
    let (document, findings) = read(text);
    assert_eq!(findings, [""; 0]);
    assert_eq!(
        shown(&document.tree, document.key_points[0], text),
        "Paragraph(\"Call \" {emergency} \" now.\")"
    );
}
