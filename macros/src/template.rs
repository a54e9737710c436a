//! A view as a template, all that is known when the page is built in one text, and the code that fills its holes.
//!
//! The text is read by `ui::dom::template`: each of its pieces begins with the character of an [`Op`].

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use rstml::node::{KeyedAttributeValue, Node, NodeAttribute, NodeElement, NodeName};
use syn::spanned::Spanned;

use crate::attribute::attribute;
use crate::elements::is_svg;

/// What a piece of a template is; the characters are those `ui::dom::template` reads.
#[derive(Clone, Copy)]
pub enum Op {
    Html = 1,
    Svg,
    Close,
    Text,
    Name,
    Is,
    Child,
    /// Left out: tab, line feed.
    Attribute = 11,
    Class,
    /// Left out: carriage return.
    Style = 14,
    Property,
    Listener,
    Reference,
}

/// A template in the making.
#[derive(Default)]
pub struct Template {
    text: String,
    /// Runs before the holes are filled.
    before: Vec<TokenStream>,
    /// One expression of type `View` for each hole.
    holes: Vec<TokenStream>,
}

impl Template {
    fn piece(&mut self, op: Op, text: &str, span: Span) -> syn::Result<()> {
        if text.chars().any(|c| c < ' ' && !"\t\n\r".contains(c)) {
            return Err(syn::Error::new(span, "a view has no control characters"));
        }
        self.text.push(char::from(op as u8));
        self.text.push_str(text);
        Ok(())
    }

    pub fn attribute(&mut self, name: &str, value: &str, span: Span) -> syn::Result<()> {
        self.piece(Op::Name, name, span)?;
        self.piece(Op::Is, value, span)
    }

    pub fn hole(&mut self, op: Op, name: &str, code: TokenStream, span: Span) -> syn::Result<()> {
        self.holes.push(code);
        self.piece(op, name, span)
    }

    /// Works an expression out once; the name it has from then on.
    pub fn hold(&mut self, value: TokenStream) -> Ident {
        let name = format_ident!("held{}", self.before.len(), span = Span::mixed_site());
        self.before.push(quote! { let #name = #value; });
        name
    }

    fn nodes(&mut self, nodes: &[Node], svg: bool) -> syn::Result<()> {
        nodes.iter().try_for_each(|node| self.node(node, svg))
    }

    fn node(&mut self, node: &Node, svg: bool) -> syn::Result<()> {
        match node {
            Node::Fragment(fragment) => self.nodes(&fragment.children, svg),
            Node::Text(text) => self.piece(Op::Text, &text.value_string(), text.span()),
            Node::Element(element) if element.name().to_string() == "glyph" => self.glyph(element),
            Node::Element(element) if !is_component(element.name()) => self.element(element, svg),
            node => {
                let code = child(node)?;
                self.hole(Op::Child, "", code, node.span())
            }
        }
    }

    fn element(&mut self, element: &NodeElement<rstml::Infallible>, svg: bool) -> syn::Result<()> {
        let name = element.name().to_string();
        let svg = is_svg(&name, svg);
        self.piece(if svg { Op::Svg } else { Op::Html }, &name, element.name().span())?;
        element.attributes().iter().try_for_each(|one| attribute(self, one))?;
        self.nodes(&element.children, svg)?;
        self.piece(Op::Close, "", element.span())
    }

    /// A glyph of the page's sprite: `<glyph name="link" size="14" />`, 16 pixels wide where no size is said. It has no children.
    fn glyph(&mut self, element: &NodeElement<rstml::Infallible>) -> syn::Result<()> {
        let (mut name, mut size, span) = (None, "16".to_owned(), element.span());
        for attribute in element.attributes() {
            match attribute {
                NodeAttribute::Attribute(one) if one.key.to_string() == "name" => name = one.value_literal_string(),
                NodeAttribute::Attribute(one)
                    if one.key.to_string() == "size"
                        && let Some(pixels) = one.value_literal_string() =>
                {
                    size = pixels;
                }
                _ => return Err(syn::Error::new(attribute.span(), "a glyph has a name and a size, both literals")),
            }
        }
        if let Some(child) = element.children.first() {
            return Err(syn::Error::new(child.span(), "a glyph has no children"));
        }
        let name = name.ok_or_else(|| syn::Error::new(span, "a glyph has a name, which is a literal"))?;
        self.piece(Op::Svg, "svg", span)?;
        for (key, value) in [("class", "icon"), ("width", &*size), ("height", &*size), ("aria-hidden", "true")] {
            self.attribute(key, value, span)?;
        }
        self.piece(Op::Svg, "use", span)?;
        self.attribute("href", &format!("#{name}"), span)?;
        self.piece(Op::Close, "", span)?;
        self.piece(Op::Close, "", span)
    }

    fn finish(self) -> TokenStream {
        let Template { text, before, holes } = self;
        quote! {{
            static TEMPLATE: ::asl_playground::ui::dom::Template = ::asl_playground::ui::dom::Template(#text);
            #(#before)*
            ::asl_playground::ui::dom::View::filled(&TEMPLATE, ::std::boxed::Box::new([#(#holes),*]))
        }}
    }
}

/// A view; one that is but a component or a piece of Rust needs no template.
pub fn view(nodes: &[Node]) -> syn::Result<TokenStream> {
    match nodes {
        [] => Ok(quote! { ::asl_playground::ui::dom::View::NOTHING }),
        [Node::Fragment(fragment)] => view(&fragment.children),
        [node @ Node::Block(_)] => child(node),
        [node @ Node::Element(element)] if is_component(element.name()) => child(node),
        nodes => {
            let mut template = Template::default();
            template.nodes(nodes, false)?;
            Ok(template.finish())
        }
    }
}

/// What fills the hole of a child.
fn child(node: &Node) -> syn::Result<TokenStream> {
    match node {
        Node::Block(block) => {
            Ok(quote_spanned! { block.span() => ::asl_playground::ui::dom::IntoView::into_view(#[allow(unused_braces)] #block) })
        }
        Node::Element(element) => component(element),
        other => Err(syn::Error::new(
            other.span(),
            "text stands in quotes, and nothing else than elements, components and Rust in braces beside it",
        )),
    }
}

fn is_component(name: &NodeName) -> bool {
    let NodeName::Path(path) = name else { return false };
    let last = path.path.segments.last().map(|segment| segment.ident.to_string());
    path.path.segments.len() > 1 || last.is_some_and(|name| name.starts_with(|first: char| first.is_uppercase()))
}

/// A component with its props, called as Leptos calls it.
fn component(element: &NodeElement<rstml::Infallible>) -> syn::Result<TokenStream> {
    let name = element.name();
    let (mut props, mut pattern) = (Vec::new(), None);
    for attribute in element.attributes() {
        let NodeAttribute::Attribute(attribute) = attribute else {
            return Err(syn::Error::new(attribute.span(), "a component takes props: write `name=value`"));
        };
        let key = &attribute.key;
        match (key, &attribute.possible_value, key.to_string().strip_prefix("let:")) {
            (_, KeyedAttributeValue::None, Some(bound)) => {
                let bound = format_ident!("{bound}", span = key.span());
                pattern = Some(quote! { #bound });
            }
            (NodeName::Path(path), KeyedAttributeValue::Binding(binding), _) if path.path.is_ident("let") => {
                let inputs = &binding.inputs;
                pattern = Some(quote! { #inputs });
            }
            (NodeName::Path(path), KeyedAttributeValue::None, _) => props.push(quote! { .#path(#path) }),
            (NodeName::Path(path), KeyedAttributeValue::Value(_), _) => {
                let value = attribute.value();
                props.push(quote! { .#path(#[allow(unused_braces)] { #value }) });
            }
            _ => return Err(syn::Error::new(key.span(), "a component takes props alone")),
        }
    }
    if !element.children.is_empty() {
        let inside = view(&element.children)?;
        props.push(match pattern {
            Some(pattern) => quote! { .children(move |#pattern| #inside) },
            None => quote! { .children(::asl_playground::ui::dom::ToChildren::to_children(move || #inside)) },
        });
    }
    let generics = &element.open_tag.generics;
    let generics = generics.lt_token.is_some().then(|| quote! { ::#generics });
    Ok(quote_spanned! { name.span() =>
        ::leptos::component::component_view(
            #[allow(clippy::needless_borrows_for_generic_args)]
            &#name,
            ::leptos::component::component_props_builder(&#name #generics) #(#props)* .build()
        )
    })
}
