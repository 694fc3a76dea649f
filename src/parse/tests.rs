//! What Markdown means: text in, the tree as indented text out, findings with their places.

use super::tree::{Kind, NodeId, Tree};
use super::{OneText, Reading, parse};
use crate::base::cost::assert_even;
use crate::base::place::position;
use crate::finding::Findings;
use crate::load::SourceFile;

fn file(text: &str) -> SourceFile {
    SourceFile::of_text("content/_shared/en/test.md", text)
}

fn read(text: &str) -> (super::Document, Vec<String>) {
    let mut findings = Findings::default();
    let reading = Reading {
        html_allow: ["abbr", "br", "p", "div", "details", "summary"]
            .map(str::to_owned)
            .to_vec(),
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
        Kind::Placeholder(name) => return format!("{{{}}}", tree.kept(name)),
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
        Kind::CalloutTitle { .. } => "CalloutTitle".to_owned(),
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
    let ids = document.headings.iter().map(|heading| heading.id.as_str());
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
        .headings
        .iter()
        .map(|heading| (heading.id.as_str(), heading.is_written))
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

#[test]
fn a_comment_without_an_end_takes_no_text_away() {
    check(
        "Before.\n\n<!-- todo\n\nNever **stop**. Call {emergency}.\n",
        "Paragraph(\"Before.\")\nParagraph(\"todo\")\nParagraph(\"Never \" Strong(\"stop\") \". Call \" {emergency} \".\")",
        &["3:1: unclosed-comment"],
    );
    check(
        "😀 a\r\n\r\n<!--\r\n## b\r\n",
        "Paragraph(\"😀 a\")\nH2(\"b\")",
        &["3:1: unclosed-comment"],
    );
    check(
        "> [!emergency] Call\n> <!-- todo\n> - one\n\nafter\n",
        "Callout:emergency(CalloutTitle(\"Call\") Paragraph(\"todo\") List(Item(\"one\")))\nParagraph(\"after\")",
        &["2:3: unclosed-comment"],
    );
    check(
        "- a\n- <!--\n  b\n",
        "List(Item(\"a\") Item(\"b\"))",
        &["2:3: unclosed-comment"],
    );
    for (mark, rest) in [("<?", "x"), ("<![CDATA[", "x"), ("<!", "x")] {
        check(
            &format!("{mark}x\n\nNever [[index]].\n"),
            &format!("Paragraph(\"{rest}\")\nParagraph(\"Never \" Wiki(\"index\")() \".\")"),
            &["1:1: unclosed-comment"],
        );
    }
}

#[test]
fn a_comment_without_an_end_is_found_within_a_line_too() {
    check(
        "😀 a <!-- b\n\nc --> d\n",
        "Paragraph(\"😀 a \" \"b\")\nParagraph(\"c --> d\")",
        &["1:5: unclosed-comment"],
    );
    check(
        "| A | B |\n| - | - |\n| x | <! y <!-- z |\n",
        "Table(Row(ColumnHeader(\"A\") ColumnHeader(\"B\")) Row(RowHeader(\"x\") Value(\"<! y \" \"z\")))",
        &["3:12: unclosed-comment"],
    );
    check(
        "## a <![CDATA[b\n\n**<?c**\n",
        "H2(\"a \" \"b\")\nParagraph(Strong(\"c\"))",
        &["1:6: unclosed-comment", "3:3: unclosed-comment"],
    );
}

#[test]
fn the_marks_of_comments_are_text_in_code_and_behind_a_backslash() {
    check(
        "`<!-- a`, \\<!-- b, &lt;!-- c\n\n```\n<!-- d\n```\n\n    <? e\n",
        "Paragraph(Code(\"<!-- a\") \", \" \"<!-- b, \" \"<\" \"!-- c\")\nCode(\"<!-- d\\n\")\nCode(\"<? e\\n\")",
        &[],
    );
    check(
        "<!-- a\n\n`<!-- b` and \\<!-- c\n\n```\n<!-- d\n```\n",
        "Paragraph(\"a\")\nParagraph(Code(\"<!-- b\") \" and \" \"<!-- c\")\nCode(\"<!-- d\\n\")",
        &["1:1: unclosed-comment"],
    );
}

#[test]
fn a_comment_in_which_another_one_begins_does_not_end() {
    check(
        "<!-- todo\n\nNever stop.\n\n<!-- b -->\n\nafter <!-- c <!-- d --> e\n",
        "Paragraph(\"todo\")\nParagraph(\"Never stop.\")\nParagraph(\"after \" \"c \" \" e\")",
        &["1:1: unclosed-comment", "7:7: unclosed-comment"],
    );
    check(
        "<!-- a\n\nb\n\n<? c\n\nd\n\n<!-- e\n\nf\n",
        "Paragraph(\"a\")\nParagraph(\"b\")\nParagraph(\"c\")\nParagraph(\"d\")\nParagraph(\"e\")\nParagraph(\"f\")",
        &[
            "1:1: unclosed-comment",
            "5:1: unclosed-comment",
            "9:1: unclosed-comment",
        ],
    );
}

#[test]
fn closed_comments_stay_invisible_and_the_words_beside_them_are_read() {
    check(
        "a\n\n<!-- b\n\nc -->\n\nd <!-- e\nf --> g\n\n<!-- h --> <!-- i -->\n",
        "Paragraph(\"a\")\nParagraph(\"d \" \" g\")",
        &[],
    );
    check(
        "<!-- a --> Never **stop**. Call {emergency} and [[index]]. <!-- b -->\n",
        "Paragraph(\"Never \" Strong(\"stop\") \". Call \" {emergency} \" and \" Wiki(\"index\")() \". \")",
        &[],
    );
    check(
        "> 😀\r\n>\r\n> <!-- a\r\n>\r\n> b -->_c_ [d][e]\r\n",
        "Quote(Paragraph(\"😀\") Paragraph(Emphasis(\"c\") \" [d][e]\"))",
        &["5:12: leftover-reference"],
    );
    check(
        "- <!-- a --> b\n- <!-- c -->\n",
        "List(Item(\"b\") Item())",
        &[],
    );
    check("<!-- a --> ![[b]]\n", "Embed(b)", &[]);
    check(
        "<? a ?>\n\nb <! c > <!d >\n",
        "Paragraph(\"b <! c > \")",
        &["1:1: raw-html", "3:10: raw-html"],
    );
    check("<?a?> b\n", "Paragraph(\"b\")", &["1:1: raw-html"]);
}

#[test]
fn allowed_html_keeps_its_words_and_fills_placeholders() {
    check(
        "> <p>Call {emergency}\n> or **go**.</p>\n",
        "Quote(<p>(\"Call \" {emergency} \"\\nor **go**.\"))",
        &[],
    );
    check(
        "<div>\n<!-- todo\nNever stop.\n</div>\n",
        "<div>(\"\\n todo\\nNever stop.\\n\")",
        &["2:1: unclosed-comment"],
    );
    check(
        "<details>\n<summary>More</summary>\n\nText\n\n</details>\n",
        "<details>(\"\\n\" <summary>(\"More\"))\nParagraph(\"Text\")",
        &["1:1: raw-html", "6:1: raw-html"],
    );
    check(
        "<p title=\"x>Never stop</p>\n",
        "\"<p title=\\\"x>Never stop</p>\"",
        &["1:1: raw-html"],
    );
    check(
        "a <div>b</div>\n",
        "Paragraph(\"a \" \"b\")",
        &["1:3: raw-html", "1:9: raw-html"],
    );
    let deep = format!("{}deep{}\n", "<div>".repeat(60), "</div>".repeat(60));
    check(&deep, "\"deep\"", &["1:1: too-deep"]);
}

#[test]
fn blocks_are_put_in_only_where_blocks_can_stand() {
    for (text, tree, at) in [
        ("## a ![[b]]\n", "H2(\"a \")", "1:6"),
        ("**![[b]]** c\n", "Paragraph(Strong() \" c\")", "1:3"),
        (
            "> [!note] a ![[b]]\n> c\n",
            "Callout:note(CalloutTitle(\"a \") Paragraph(\"c\"))",
            "1:13",
        ),
        (
            "| A |\n| - |\n| ![[b]] |\n",
            "Table(Row(ColumnHeader(\"A\")) Row(Value()))",
            "3:3",
        ),
        (
            "![[b]]\n: c\n",
            "DefinitionList(DefinitionTerm() Definition(\"c\"))",
            "1:1",
        ),
        ("- 😀 ![[b]] c\n", "List(Item(\"😀 \" \" c\"))", "1:5"),
    ] {
        check(text, tree, &[&format!("{at}: unknown-embed")]);
    }
    check(
        "- a\n  ![[b]]\n  c\n",
        "List(Item(\"a\" · Embed(b) · \"c\"))",
        &[],
    );
}

#[test]
fn footnotes_are_kept_wherever_they_are_written() {
    check(
        "A[^a] b[^B].\n\n> q\n>\n> [^A]: In a quote\n\n- [^b]: In a list\n",
        "Paragraph(\"A\" Note:a() \" b\" Note:b() \".\")\nQuote(Paragraph(\"q\"))\nNote:a(Paragraph(\"In a quote\"))\nNote:b(Paragraph(\"In a list\"))",
        &[],
    );
    check(
        "A[^a].\n\n[^a]: x\n\n[^a]: y\n\n😀\n\n[^b]: z[^c]\n\n[^c]: w\n",
        "Paragraph(\"A\" Note:a() \".\")\nParagraph(\"😀\")\nNote:a(Paragraph(\"x\"))\nNote:a(Paragraph(\"y\"))\nNote:b(Paragraph(\"z\" Note:c()))\nNote:c(Paragraph(\"w\"))",
        &[
            "5:1: leftover-reference",
            "9:1: leftover-reference",
            "11:1: leftover-reference",
        ],
    );
}

#[test]
fn cells_beyond_the_head_are_found() {
    let head = "| A | B |\r\n| - | - |\r\n";
    let row = "Table(Row(ColumnHeader(\"A\") ColumnHeader(\"B\")) Row(RowHeader(\"[[index\") Value(\"words]]\")))";
    check(
        &format!("{head}|[[index|words]]|x\\|y|z|\r\n"),
        row,
        &["3:18: extra-cell"],
    );
    check(
        &format!("{head}| 😀 | b | | c |\r\n"),
        "Table(Row(ColumnHeader(\"A\") ColumnHeader(\"B\")) Row(RowHeader(\"😀\") Value(\"b\")))",
        &["3:13: extra-cell"],
    );
    check(
        &format!("{head}| a |\r\n| b | c | |\r\n"),
        "Table(Row(ColumnHeader(\"A\") ColumnHeader(\"B\")) Row(RowHeader(\"a\") Value()) Row(RowHeader(\"b\") Value(\"c\")))",
        &[],
    );
}

#[test]
fn a_caption_is_no_part_of_the_words_of_a_picture() {
    check(
        "a ![Words](s.svg \"The caption\")\n",
        "Paragraph(\"a \" Written(\"s.svg\")(\"Words\"))",
        &["1:19: wrong-value"],
    );
    check(
        "- ![Words](s.svg \"The caption\")\n",
        "List(Item(Figure(Written(\"s.svg\")(\"Words\") Caption(\"The caption\"))))",
        &[],
    );
    check(
        "[a](b.md \"Never stop\")\n",
        "Paragraph(Written(\"b.md\")(\"a\"))",
        &["1:11: wrong-value"],
    );
}

/// Reads key points as they stand in the file; gives each as a tree.
fn points(yaml: &str) -> (Vec<String>, Vec<String>) {
    let text = format!("---\nkey_points:\n{yaml}---\n");
    let (document, findings) = read(&text);
    let points = document
        .key_points
        .iter()
        .map(|node| shown(&document.tree, *node, &text));
    (points.collect(), findings)
}

#[test]
fn key_points_carry_markup_however_yaml_writes_them() {
    for (yaml, at) in [
        (
            "  - Never **stop**; call {emergency} [@a] [x][y].\n",
            "3:43",
        ),
        (
            "  - Never **stop**; call\n    {emergency} [@a] [x][y].\n",
            "4:22",
        ),
        (
            "  - 'Never **stop**; call {emergency} [@a] [x][y].'\n",
            "3:44",
        ),
        (
            "  - \"Never **stop**; call {emergency}\r\n    [@a] [x][y].\"\n",
            "4:10",
        ),
        (
            "  - \"Never **stop**; call \\\n    {emergency} [@a]\\u0020[x][y].\"\n",
            "4:27",
        ),
        (
            "  - >\n    Never **stop**; call\n    {emergency} [@a]\n    [x][y].\n",
            "6:5",
        ),
        (
            "  - |-\n    Never **stop**; call {emergency} [@a] [x][y].\n",
            "4:43",
        ),
    ] {
        let (points, findings) = points(yaml);
        let joined = points[0].replace("\" \"", "").replace("\" \" \"", "\" ");
        let words: String = joined.split('"').collect();
        assert!(words.contains("Strong(stop)"), "{yaml}{points:?}");
        assert!(words.contains("{emergency}"), "{yaml}{points:?}");
        assert!(words.contains("Cite(a)"), "{yaml}{points:?}");
        assert_eq!(findings, [format!("{at}: leftover-reference")], "{yaml}");
    }
    let (points, _) = points("  - 'It''s {crisis}'\n  - \"A \\\"b\\\" \\u00e9 [c](d.md)\"\n");
    assert_eq!(
        points,
        [
            "Paragraph(\"It\" \"'\" \"s \" {crisis})",
            "Paragraph(\"A \" \"\\\"\" \"b\" \"\\\"\" \" \" \"é\" \" \" Written(\"d.md\")(\"c\"))",
        ]
    );
}

#[test]
fn marks_that_take_text_away_cost_no_more_time_than_their_length() {
    let texts: [fn(usize) -> String; 13] = [
        |count| "<!-- a\n\n".repeat(count),
        |count| "<!-- a\n\n<? b\n\n<![CDATA[ c\n\n<!X d\n\n".repeat(count / 4),
        |count| "> <!-- a\n\n".repeat(count),
        |count| "a <!-- b\n".repeat(count),
        |count| "<!-- a --> b\n\n".repeat(count),
        |count| "<!--".repeat(count),
        |count| format!("<div>\n{}", "-->\n<!-- a --> \\<!-- ".repeat(count)),
        |count| format!("<p>{}", "{a}&amp;{b}<b>".repeat(count)),
        |count| "<div>".repeat(count),
        |count| format!("| a |\n| - |\n{}", "| a | b |\n".repeat(count)),
        |count| {
            (0..count / 4).fold(String::new(), |text, number| {
                text + &format!("a[^{number}]\n\n> [^{number}]: b\n\n")
            })
        },
        |count| "- ![[a]] ![[b]] c\n".repeat(count / 2),
        |count| {
            format!(
                "---\nnext:\n  - '{}'\n---\n",
                "a''b\n    ".repeat(count / 8)
            )
        },
    ];
    let reading = Reading {
        html_allow: ["b", "div", "p"].map(str::to_owned).to_vec(),
    };
    for text in texts {
        assert_even(&text(8), |count| {
            let _ = parse(
                &file(&text(count)),
                false,
                &reading,
                &mut Findings::default(),
            );
        });
    }
}
