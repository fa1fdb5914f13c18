//! From typify's words to a module's own: names, types, documentation, serde's attributes, and the
//! parts of typify's output that the runtime has better.

use std::collections::BTreeMap;

use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, Field as SynField, Ident, Item as SynItem, LitStr, Type, parse_quote};

use super::plan::{Field, Item, Value};
use super::tokens;

/// What each of typify's words stands for.
#[derive(Default)]
pub(super) struct Dress {
    /// Names of types, fields and variants.
    names: BTreeMap<String, String>,
    /// The word of each type of a field.
    uses: BTreeMap<String, String>,
    /// Types of fields.
    types: BTreeMap<String, Type>,
    /// The traits that types derive beside typify's.
    derives: BTreeMap<String, Vec<syn::Path>>,
    /// Attributes of types, fields and variants.
    attributes: BTreeMap<String, Vec<Attribute>>,
    /// Strings.
    texts: BTreeMap<String, String>,
    /// How many words were made.
    made: usize,
}

impl Dress {
    fn word(&mut self, letter: char, name: &str) -> String {
        let word = format!("{letter}{}", self.made);
        self.made += 1;
        self.names.insert(word.clone(), name.to_owned());
        word
    }

    /// Says what a type's word stands for.
    pub(super) fn item(&mut self, word: &str, item: &Item) {
        self.names.insert(word.to_owned(), item.name.clone());
        let derives = item.derives.iter();
        let derives = derives.filter_map(|it| syn::parse_str(it).ok()).collect();
        self.derives.insert(word.to_owned(), derives);
        self.attributes.insert(word.to_owned(), docs(&item.docs));
    }

    /// The words for a field and its type.
    pub(super) fn field(&mut self, field: &Field) -> (String, String) {
        // Words sort as they were made, for typify sorts the fields.
        let property = format!("p{:08}", self.made);
        self.made += 1;
        let use_ = self.use_of(&field.type_);
        self.names.insert(property.clone(), field.name.clone());
        let mut attributes = docs(&field.docs);
        if field.literal.is_empty() {
            attributes.push(parse_quote!(#[serde(flatten)]));
        } else {
            attributes.extend(serde(field));
        }
        self.attributes.insert(property.clone(), attributes);
        (property, use_)
    }

    /// The word for a type, the same for the same.
    fn use_of(&mut self, written: &str) -> String {
        if let Some(known) = self.uses.get(written) {
            return known.clone();
        }
        let use_ = format!("U{}", self.uses.len());
        let type_ = syn::parse_str(written).expect("the plan writes types");
        self.types.insert(use_.clone(), type_);
        self.uses.insert(written.to_owned(), use_.clone());
        use_
    }

    /// The word for a string of an enum.
    pub(super) fn value(&mut self, value: &Value) -> String {
        let word = self.word('V', &value.name);
        self.texts.insert(word.clone(), value.text.clone());
        if value.text != value.name {
            let text = &value.text;
            let rename = vec![parse_quote!(#[serde(rename = #text)])];
            self.attributes.insert(word.clone(), rename);
        }
        word
    }

    /// The word for a pattern.
    pub(super) fn pattern(&mut self, pattern: &str) -> String {
        let word = format!("P{}", self.made);
        self.made += 1;
        self.texts.insert(word.clone(), pattern.to_owned());
        let refusal = format!("doesn't match pattern \"{word}\"");
        self.texts
            .insert(refusal, "does not match the pattern".to_owned());
        word
    }

    /// Adds the traits that contracts.toml asks for to those derived.
    fn derive_more(&self, attributes: &mut [Attribute], word: &str) {
        let more = self.derives.get(word).into_iter().flatten();
        let derive = attributes
            .iter_mut()
            .find(|it| it.path().is_ident("derive"));
        let Some(derive) = derive else { return };
        let mut derives: Vec<syn::Path> = Vec::new();
        // What typify wrote is a list of paths.
        let _ = derive.parse_nested_meta(|meta| {
            derives.push(meta.path);
            Ok(())
        });
        for path in more {
            let known = |it: &syn::Path| tokens::idents(it).last() == tokens::idents(path).last();
            if !derives.iter().any(known) {
                derives.push(path.clone());
            }
        }
        *derive = parse_quote!(#[derive(#(#derives),*)]);
    }

    fn replace(&self, attributes: &mut Vec<Attribute>, word: &Ident) {
        attributes.retain(|attribute| attribute.path().is_ident("derive"));
        let ours = self.attributes.get(&word.to_string());
        let ours = ours.into_iter().flatten().cloned();
        let derives = std::mem::take(attributes);
        let (docs, others): (Vec<_>, Vec<_>) =
            ours.partition(|attribute| attribute.path().is_ident("doc"));
        attributes.extend(docs.into_iter().chain(derives).chain(others));
    }
}

fn docs(lines: &[String]) -> Vec<Attribute> {
    let spaced = lines.iter().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    spaced.map(|line| parse_quote!(#[doc = #line])).collect()
}

fn serde(field: &Field) -> Option<Attribute> {
    let json_name = &field.json_name;
    let renamed = field.name != *json_name;
    match (renamed, field.required) {
        (false, true) => None,
        (true, true) => Some(parse_quote!(#[serde(rename = #json_name)])),
        (false, false) => Some(parse_quote!(#[serde(skip_serializing_if = "Option::is_none")])),
        (true, false) => Some(parse_quote!(
            #[serde(rename = #json_name, skip_serializing_if = "Option::is_none")]
        )),
    }
}

/// An item of typify's in a module's words; `None` for one the runtime has better.
pub(super) fn dress(mut item: SynItem, words: &Dress) -> Option<SynItem> {
    if let SynItem::Impl(block) = &item {
        let path = block.trait_.as_ref().map(|(_, path, _)| path)?;
        let name = path.segments.last().map(|last| last.ident.to_string())?;
        if name == "Deserialize" {
            return None;
        }
    }
    Dresser(words).visit_item_mut(&mut item);
    Some(item)
}

struct Dresser<'a>(&'a Dress);

impl VisitMut for Dresser<'_> {
    fn visit_item_struct_mut(&mut self, item: &mut syn::ItemStruct) {
        let word = item.ident.to_string();
        self.0.replace(&mut item.attrs, &item.ident);
        visit_mut::visit_item_struct_mut(self, item);
        self.0.derive_more(&mut item.attrs, &word);
    }

    fn visit_item_enum_mut(&mut self, item: &mut syn::ItemEnum) {
        let word = item.ident.to_string();
        self.0.replace(&mut item.attrs, &item.ident);
        visit_mut::visit_item_enum_mut(self, item);
        self.0.derive_more(&mut item.attrs, &word);
    }

    fn visit_variant_mut(&mut self, variant: &mut syn::Variant) {
        self.0.replace(&mut variant.attrs, &variant.ident);
        visit_mut::visit_variant_mut(self, variant);
    }

    fn visit_field_mut(&mut self, field: &mut SynField) {
        if let Some(name) = &field.ident {
            self.0.replace(&mut field.attrs, name);
        }
        visit_mut::visit_field_mut(self, field);
    }

    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        if attribute.path().is_ident("derive") {
            let mut derives = Vec::new();
            // Only what is readable only through its check.
            let _ = attribute.parse_nested_meta(|meta| {
                let name = meta.path.segments.last().map(|last| last.ident.clone());
                derives.extend(name.filter(|name| name != "Deserialize"));
                Ok(())
            });
            if !derives.iter().any(|name| name == "PartialEq") {
                derives.push(parse_quote!(PartialEq));
            }
            derives.sort_by_key(|name| rank(&name.to_string()));
            *attribute = parse_quote!(#[derive(#(#derives),*)]);
        }
    }

    fn visit_type_mut(&mut self, type_: &mut Type) {
        if let Type::Path(path) = type_ {
            let known = path.path.get_ident().map(Ident::to_string);
            if let Some(known) = known.and_then(|word| self.0.types.get(&word)) {
                *type_ = known.clone();
                return;
            }
        }
        visit_mut::visit_type_mut(self, type_);
    }

    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        let names: Vec<_> = path
            .segments
            .iter()
            .map(|part| part.ident.to_string())
            .collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        if names == ["self", "error", "ConversionError"] {
            *path = parse_quote!(Error);
        } else if path.leading_colon.is_some() {
            *path = short(path, &names);
        }
        visit_mut::visit_path_mut(self, path);
    }

    fn visit_item_static_mut(&mut self, item: &mut syn::ItemStatic) {
        let strings = tokens::strings(item);
        let text = strings.first().and_then(|word| self.0.texts.get(word));
        *item = parse_quote!(static PATTERN: Pattern = Pattern::new(#text););
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::MethodCall(call) = expr
            && call.method == "is_none"
        {
            *expr = parse_quote!(!PATTERN.is_found(value));
            return;
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_lit_str_mut(&mut self, text: &mut LitStr) {
        if let Some(known) = self.0.texts.get(&text.value()) {
            *text = LitStr::new(known, text.span());
        }
    }

    fn visit_lit_int_mut(&mut self, number: &mut syn::LitInt) {
        *number = syn::LitInt::new(number.base10_digits(), number.span());
    }

    fn visit_ident_mut(&mut self, ident: &mut Ident) {
        if let Some(name) = self.0.names.get(&ident.to_string()) {
            *ident = Ident::new(name, ident.span());
        }
    }
}

/// `::std::string::String` as a person writes it.
fn short(path: &syn::Path, names: &[&str]) -> syn::Path {
    let keep = match names {
        ["std", "fmt" | "str" | "ops", ..] => names.len(),
        _ => 1,
    };
    let skip = names.len() - keep;
    let segments = path.segments.iter().skip(skip).cloned().collect();
    syn::Path {
        leading_colon: None,
        segments,
    }
}

/// The order in which people derive.
fn rank(name: &str) -> usize {
    let order = [
        "Clone",
        "Copy",
        "Debug",
        "PartialEq",
        "Eq",
        "PartialOrd",
        "Ord",
        "Hash",
    ];
    order
        .iter()
        .position(|known| *known == name)
        .unwrap_or(order.len())
}
