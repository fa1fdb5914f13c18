//! typify's output as a person would write it: short paths, sorted derives, and without the parts that the
//! runtime has better.

use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, Field as SynField, Item as SynItem, LitStr, parse_quote};

use super::tokens;

/// An item of typify's; `None` for one the runtime has better.
pub(super) fn dress(mut item: SynItem) -> Option<SynItem> {
    if let SynItem::Impl(block) = &item {
        let path = block.trait_.as_ref().map(|(_, path, _)| path)?;
        let name = path.segments.last().map(|last| last.ident.to_string())?;
        if name == "Deserialize" {
            return None;
        }
    }
    Dresser.visit_item_mut(&mut item);
    Some(item)
}

struct Dresser;

impl VisitMut for Dresser {
    fn visit_item_struct_mut(&mut self, item: &mut syn::ItemStruct) {
        only_derives(&mut item.attrs);
        visit_mut::visit_item_struct_mut(self, item);
    }

    fn visit_item_enum_mut(&mut self, item: &mut syn::ItemEnum) {
        only_derives(&mut item.attrs);
        visit_mut::visit_item_enum_mut(self, item);
    }

    fn visit_variant_mut(&mut self, variant: &mut syn::Variant) {
        only_derives(&mut variant.attrs);
        visit_mut::visit_variant_mut(self, variant);
    }

    fn visit_field_mut(&mut self, field: &mut SynField) {
        only_derives(&mut field.attrs);
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
        let text = strings.first();
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
        if text.value().starts_with("doesn't match pattern") {
            *text = LitStr::new("does not match the pattern", text.span());
        }
    }

    fn visit_lit_int_mut(&mut self, number: &mut syn::LitInt) {
        *number = syn::LitInt::new(number.base10_digits(), number.span());
    }
}

/// Leaves the traits to derive and nothing else.
fn only_derives(attributes: &mut Vec<Attribute>) {
    attributes.retain(|attribute| attribute.path().is_ident("derive"));
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
