//! The tokens of a piece of Rust, whatever brackets they stand in.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

/// Every identifier, in order.
pub(super) fn idents(code: &impl ToTokens) -> Vec<String> {
    let mut found = Vec::new();
    walk(code.to_token_stream(), &mut |token| {
        if let TokenTree::Ident(ident) = token {
            found.push(ident.to_string());
        }
    });
    found
}

/// Every string, in order.
pub(super) fn strings(code: &impl ToTokens) -> Vec<String> {
    let mut found = Vec::new();
    walk(code.to_token_stream(), &mut |token| {
        if let TokenTree::Literal(literal) = token
            && let Ok(text) = syn::parse2::<syn::LitStr>(literal.to_token_stream())
        {
            found.push(text.value());
        }
    });
    found
}

fn walk(tokens: TokenStream, see: &mut impl FnMut(&TokenTree)) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => walk(group.stream(), see),
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => see(&token),
        }
    }
}
