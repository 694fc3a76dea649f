//! The one tree of content: nodes in an arena, each with the place it was written at.
//!
//! `parse` makes a tree of one file. `model` makes a tree of one page from it, in which links, embeds, citations and placeholders are resolved
//! into ordinary nodes. The writers, the checks and the search index read that second tree and nothing else.

use crate::base::place::{FileId, PageId, Place, Spot};
use crate::finding::out::Sources;
use crate::parse::drawing::Drawing;
use std::num::NonZeroU32;

/// The number of a node in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(pub u32);

/// The number of a text that a tree owns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TextId(pub u32);

/// Where the characters of a node are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Words {
    /// They are the bytes of the node's place.
    Written,
    /// They differ from what was written, and the tree owns them.
    Owned(TextId),
}

/// The kinds of callouts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CalloutKind {
    /// Care card: call the emergency number.
    Emergency,
    /// Care card: get help today.
    Urgent,
    /// Care card: ask when you can.
    Nonurgent,
    /// Numbered first aid or instructions.
    Steps,
    /// A warning.
    Important,
    /// A quiet remark.
    Note,
    /// What to do.
    Do,
    /// What not to do.
    Dont,
    /// A list of questions to print and tick.
    Questions,
    /// What somebody told of themselves.
    Story,
    /// Further reading, folded.
    More,
    /// What a reader may need now: a list of links, large enough to be tapped in a hurry.
    Choices,
    /// What comes after what: a list along a line.
    Stages,
}

impl CalloutKind {
    /// All kinds with the words by which they are written.
    const ALL: [(&'static str, Self); 13] = [
        ("emergency", Self::Emergency),
        ("urgent", Self::Urgent),
        ("nonurgent", Self::Nonurgent),
        ("steps", Self::Steps),
        ("important", Self::Important),
        ("note", Self::Note),
        ("do", Self::Do),
        ("dont", Self::Dont),
        ("questions", Self::Questions),
        ("story", Self::Story),
        ("more", Self::More),
        ("choices", Self::Choices),
        ("stages", Self::Stages),
    ];

    /// Gives the words by which the kinds are written.
    pub(crate) fn words() -> [&'static str; 13] {
        Self::ALL.map(|(word, _)| word)
    }

    /// Finds the kind that is written by a word, in capitals or small letters.
    pub(crate) fn named(word: &str) -> Option<Self> {
        let known = Self::ALL.iter();
        let mut known = known.filter(|(name, _)| name.eq_ignore_ascii_case(word));
        known.next().map(|(_, kind)| *kind)
    }

    /// Gives the word by which the kind is written.
    pub(crate) fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, kind)| *kind == self)
            .map_or("note", |(word, _)| word)
    }

    /// Tells whether its title is a heading, and no words on a box: it names a part of the page that readers look for.
    pub(crate) fn has_heading(self) -> bool {
        matches!(self, Self::Choices | Self::Stages)
    }

    /// Tells whether it is one of the three care cards.
    pub(crate) fn is_care_card(self) -> bool {
        matches!(self, Self::Emergency | Self::Urgent | Self::Nonurgent)
    }
}

/// How the text of a table column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alignment {
    /// As the language runs.
    Start,
    /// In the middle.
    Center,
    /// Against the language.
    End,
}

/// What a cell of a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CellRole {
    /// Names its column.
    ColumnHeader,
    /// Names its row.
    RowHeader,
    /// Holds a value.
    Value,
}

/// A part of a page that Stepdown makes itself, with a name for style sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The label of a page that is unreviewed, a draft, archived, replaced or shown in another language.
    Label,
    /// The key points.
    KeyPoints,
    /// What to do next.
    Next,
    /// The sources of the page.
    Sources,
    /// One source, with its number as anchor.
    SourceEntry,
    /// Who reviewed the page, and when.
    Review,
    /// That no page of a section, of the list of pages or of the whole library is published yet, and where help is.
    NoneReviewed,
    /// Related pages.
    Related,
    /// The pages of a section.
    Contents,
    /// One telephone service.
    Helpline,
    /// One term of the glossary.
    GlossaryEntry,
    /// One letter of a list from A to Z.
    Letter,
    /// The letters one can jump to.
    Letters,
    /// A drawing with its words.
    Diagram,
    /// The words of the glossary that the page uses, and what they mean.
    Words,
    /// What a copy says when it is past the day on which the page was due for review.
    PastDue,
    /// One person.
    Person,
    /// A text beside a component that says what it is.
    Remark,
    /// What stands below a shared text whose translation nobody has checked: its label, and the source's text, folded.
    Translation,
}

impl Part {
    /// Gives the name that style sheets use.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::KeyPoints => "key-points",
            Self::Next => "next",
            Self::Sources => "sources",
            Self::SourceEntry => "source",
            Self::Review => "review",
            Self::NoneReviewed => "none-reviewed",
            Self::Related => "related",
            Self::Contents => "contents",
            Self::Helpline => "helpline",
            Self::GlossaryEntry => "glossary-entry",
            Self::Letter => "letter",
            Self::Letters => "letters",
            Self::Diagram => "diagram",
            Self::Words => "words",
            Self::PastDue => "past-due-notice",
            Self::Person => "person",
            Self::Remark => "remark",
            Self::Translation => "translation",
        }
    }
}

/// What a node is. Numbers point into the tree's tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The top of a tree.
    Root,
    /// A paragraph.
    Paragraph,
    /// A heading from 1 to 6 with its anchor.
    Heading { level: u8, id: Option<TextId> },
    /// A list; an ordered one has its first number.
    List { start: Option<u32> },
    /// An item of a list; of a task list, whether it is ticked.
    Item { ticked: Option<bool> },
    /// A list of terms and what they mean.
    DefinitionList,
    /// A term of such a list, with its anchor.
    DefinitionTerm(Option<TextId>),
    /// What it means.
    Definition,
    /// A quotation.
    Quote,
    /// Text as it is, with its language.
    CodeBlock(Words),
    /// A line between parts.
    Rule,
    /// A table.
    Table,
    /// The caption of a table or figure.
    Caption,
    /// A row of a table.
    Row { is_head: bool },
    /// A cell of a row.
    Cell { role: CellRole, align: Alignment },
    /// A callout; its first child is its title, if it has one: a heading for the kinds that have one.
    Callout(CalloutKind),
    /// The title of a callout of the other kinds; in a page's tree that of a care card has its level in the outline of headings. It begins
    /// no section and has no anchor, so it is no `Heading`.
    CalloutTitle { level: Option<u8> },
    /// A picture with a caption.
    Figure,
    /// The footnotes of a page.
    Footnotes,
    /// The text of a footnote: by its label, in a page's tree by its number.
    FootnoteText(TextId),
    /// A part that Stepdown makes, with its anchor.
    Part(Part, Option<TextId>),
    /// Text.
    Text(Words),
    /// Text as it is, within a line.
    Code(Words),
    /// A line end that means a space.
    SoftBreak,
    /// A line end that stays.
    HardBreak,
    /// Stressed text.
    Emphasis,
    /// Strongly stressed text.
    Strong,
    /// Text that no longer holds.
    Strikethrough,
    /// A link.
    Link(u32),
    /// A picture; its children are its alternative text.
    Image(u32),
    /// A mark that leads to a footnote: by its label, in a page's tree by its number.
    FootnoteMark(TextId),
    /// Text in another language.
    Foreign(TextId),
    /// Blocks in another language.
    ForeignBlock(TextId),
    /// Words for ears only.
    Unseen,
    /// Text that runs against the page's direction.
    Isolate,
    /// A word that is named, not used.
    Mention,
    /// A term of the glossary, by its row.
    Term(u32),
    /// An HTML element that the settings allow.
    Element(u32),
    /// Marks of the sources that a text rests on; in a page's tree, links to their numbers.
    Citation(u32),
    /// A placeholder by its name, only before resolving.
    Placeholder(TextId),
    /// An embed, only before resolving.
    Embed(u32),
    /// A drawing. Its words are for eyes only: a list or table beside it says the same.
    Drawing(u32),
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Target {
    /// As it was written, only before resolving.
    Written(String),
    /// As a wikilink was written, only before resolving.
    Wiki(String),
    /// To a page, and there to an anchor.
    Page(PageId, Option<String>),
    /// To an anchor of the same page.
    Here(String),
    /// To a file of the site.
    Asset(FileId),
    /// To an address outside: web, mail, telephone or text message.
    Outside(String),
    /// Nowhere: a finding tells why, and the words stay as text.
    Nowhere,
}

/// A link or a picture.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Link {
    /// Where it leads.
    pub target: Target,
    /// Whether the words of a link are the title of the page it leads to.
    pub takes_title: bool,
    /// Whether a picture is decoration.
    pub is_decorative: bool,
}

/// A text or component that is put in by name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Embed {
    /// Its name.
    pub name: Spot<String>,
    /// Its options.
    pub options: Vec<(Spot<String>, Spot<String>)>,
}

/// An allowed HTML element.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Element {
    /// Its name.
    pub name: String,
    /// Its attributes.
    pub attributes: Vec<(String, String)>,
}

/// A node: what it is, where it was written, and its neighbors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    /// What it is.
    pub kind: Kind,
    /// Where it was written.
    pub place: Place,
    first: Option<NonZeroU32>,
    last: Option<NonZeroU32>,
    next: Option<NonZeroU32>,
}

/// A tree of nodes; node 0 is its root.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    /// All texts the tree owns, one behind the other.
    owned: String,
    /// Where each of them ends.
    ends: Vec<u32>,
    /// The links and pictures.
    pub links: Vec<Link>,
    /// The embeds.
    pub embeds: Vec<Embed>,
    /// The citations: each the ids of its sources.
    pub citations: Vec<Vec<Spot<String>>>,
    /// The HTML elements.
    pub elements: Vec<Element>,
    /// The drawings.
    pub drawings: Vec<Drawing>,
}

impl Tree {
    /// Makes a tree that has only its root, with room for so many nodes.
    pub(crate) fn new(place: Place, capacity: usize) -> Self {
        let root = Node {
            kind: Kind::Root,
            place,
            first: None,
            last: None,
            next: None,
        };
        let mut nodes = Vec::with_capacity(capacity + 1);
        nodes.push(root);
        Self {
            nodes,
            owned: String::new(),
            ends: Vec::new(),
            links: Vec::new(),
            embeds: Vec::new(),
            citations: Vec::new(),
            elements: Vec::new(),
            drawings: Vec::new(),
        }
    }

    /// The top of every tree.
    pub(crate) const ROOT: NodeId = NodeId(0);

    /// Gives the number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Goes through the numbers of all nodes, in the order in which they were added.
    pub(crate) fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)).map(NodeId)
    }

    /// Gives a node.
    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// Changes what a node is.
    pub(crate) fn set_kind(&mut self, id: NodeId, kind: Kind) {
        self.nodes[id.0 as usize].kind = kind;
    }

    /// Changes where a node was written.
    pub(crate) fn set_place(&mut self, id: NodeId, place: Place) {
        self.nodes[id.0 as usize].place = place;
    }

    /// Adds a link or a picture; gives its number.
    pub(crate) fn add_link(&mut self, link: Link) -> u32 {
        added(&mut self.links, link)
    }

    /// Adds an embed; gives its number.
    pub(crate) fn add_embed(&mut self, embed: Embed) -> u32 {
        added(&mut self.embeds, embed)
    }

    /// Adds the sources of a citation; gives its number.
    pub(crate) fn add_citation(&mut self, sources: Vec<Spot<String>>) -> u32 {
        added(&mut self.citations, sources)
    }

    /// Adds an HTML element; gives its number.
    pub(crate) fn add_element(&mut self, element: Element) -> u32 {
        added(&mut self.elements, element)
    }

    /// Adds a drawing; gives its number.
    pub(crate) fn add_drawing(&mut self, drawing: Drawing) -> u32 {
        added(&mut self.drawings, drawing)
    }

    /// Keeps a text and gives its number.
    pub(crate) fn keep(&mut self, text: &str) -> TextId {
        self.owned.push_str(text);
        let end =
            u32::try_from(self.owned.len()).expect("a page has less than four gigabytes of text");
        self.ends.push(end);
        TextId(
            u32::try_from(self.ends.len() - 1).expect("a page has fewer than four billion texts"),
        )
    }

    /// Gives a kept text.
    pub(crate) fn kept(&self, id: TextId) -> &str {
        let number = id.0 as usize;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.owned[start as usize..self.ends[number] as usize]
    }

    /// Adds a node that has no parent yet.
    pub(crate) fn add_loose(&mut self, kind: Kind, place: Place) -> NodeId {
        let id = NodeId(
            u32::try_from(self.nodes.len()).expect("a page has fewer than four billion nodes"),
        );
        self.nodes.push(Node {
            kind,
            place,
            first: None,
            last: None,
            next: None,
        });
        id
    }

    /// Adds a node as the last child of another.
    pub(crate) fn add(&mut self, parent: NodeId, kind: Kind, place: Place) -> NodeId {
        let id = self.add_loose(kind, place);
        self.attach(parent, id);
        id
    }

    /// Makes a loose node the last child of another.
    pub(crate) fn attach(&mut self, parent: NodeId, child: NodeId) {
        let child_number = NonZeroU32::new(child.0);
        let parent = &mut self.nodes[parent.0 as usize];
        let before = parent.last;
        parent.last = child_number;
        match before {
            Some(before) => self.nodes[before.get() as usize].next = child_number,
            None => parent.first = child_number,
        }
        self.nodes[child.0 as usize].next = None;
    }

    /// Gives the children of a node, in order.
    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let first = self.node(id).first;
        std::iter::successors(first, |id| self.nodes[id.get() as usize].next)
            .map(|id| NodeId(id.get()))
    }

    /// Gives the first child of a node.
    pub(crate) fn first_child(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).first.map(|id| NodeId(id.get()))
    }

    /// Gives the last child of a node.
    pub(crate) fn last_child(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).last.map(|id| NodeId(id.get()))
    }

    /// Gives a node new children, in order; each must be loose or a child of this node.
    pub(crate) fn set_children(&mut self, id: NodeId, children: &[NodeId]) {
        let node = &mut self.nodes[id.0 as usize];
        node.first = None;
        node.last = None;
        for child in children {
            self.attach(id, *child);
        }
    }

    /// Gives the characters of a text node, of code or of a code block; empty for all other nodes.
    pub(crate) fn words<'a>(&'a self, id: NodeId, sources: &'a dyn Sources) -> &'a str {
        let node = self.node(id);
        match node.kind {
            Kind::Text(words) | Kind::Code(words) | Kind::CodeBlock(words) => match words {
                Words::Written => sources
                    .text(node.place.file)
                    .get(node.place.range())
                    .unwrap_or_default(),
                Words::Owned(text) => self.kept(text),
            },
            Kind::SoftBreak | Kind::HardBreak => " ",
            _ => "",
        }
    }

    /// Gives the text of a node and all below it.
    pub(crate) fn text_of(&self, id: NodeId, sources: &dyn Sources) -> String {
        let mut text = String::new();
        self.walk(id, &mut |id, node| {
            if let Kind::Placeholder(name) = node.kind {
                text.push('{');
                text.push_str(self.kept(name));
                text.push('}');
            } else {
                text.push_str(self.words(id, sources));
            }
        });
        text
    }

    /// Visits a node and all below it, in reading order.
    pub(crate) fn walk(&self, id: NodeId, visit: &mut dyn FnMut(NodeId, &Node)) {
        visit(id, self.node(id));
        for child in self.children(id) {
            self.walk(child, visit);
        }
    }
}

/// Adds a value to a table of a tree; gives its number there.
fn added<T>(table: &mut Vec<T>, value: T) -> u32 {
    table.push(value);
    u32::try_from(table.len() - 1).expect("a page has fewer than four billion parts of a kind")
}
