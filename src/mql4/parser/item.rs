//! File scope: preprocessor lines, the include guard, enums, functions and constant tables.

use super::expression::ARGUMENT_LIMIT;
use super::{Parsed, Parser, Role};
use crate::mql4::fault::Position;
use crate::mql4::lexer::Lexeme;
use crate::mql4::preprocessor::{Directive, directive};
use crate::mql4::syntax::{
    Define, Enum, File, Function, Include, Item, Member, Name, Parameter, TypeName,
};

impl<'a> Parser<'a, '_, '_> {
    pub(super) fn file(&mut self, role: Role) -> File<'a> {
        let mut file = File::default();
        if role == Role::Header {
            file.guard = self.open_guard();
        }
        let guarded = file.guard.is_some();
        let (mut strict, mut closed) = (false, false);
        while self.peek() != Lexeme::End {
            if let Lexeme::Directive(line) = self.peek() {
                match directive(line) {
                    Some(Directive::Strict) => strict = true,
                    Some(Directive::EndGuard) if guarded && !closed => closed = true,
                    Some(Directive::Include { target, beside }) => {
                        self.include(&mut file, target, beside);
                    }
                    Some(Directive::Define { name }) => {
                        self.item(&mut file, |parser| parser.define(name).map(Item::Define));
                    }
                    Some(Directive::OpenGuard { .. } | Directive::EndGuard) | None => {
                        self.refuse_directive(line);
                    }
                }
                if !matches!(directive(line), Some(Directive::Define { .. })) {
                    self.bump();
                }
                continue;
            }
            if closed {
                let help = "move it before `#endif`";
                self.refuse(
                    "include-guard",
                    "text after the end of the include guard",
                    help,
                );
                closed = false;
            }
            self.declared(&mut file);
        }
        let end = self.at();
        if guarded && !closed && !self.lost {
            let message = "the include guard is not closed at the end of the file";
            self.faults
                .add("include-guard", end, message, "end the file with `#endif`");
        }
        if role == Role::Program && !strict {
            let start = Position { line: 1, column: 1 };
            let help = "add `#property strict` on top";
            self.faults
                .add("strict-missing", start, "the program is not strict", help);
        }
        file
    }

    /// `#ifndef NAME` and `#define NAME` before anything else.
    fn open_guard(&mut self) -> Option<Name<'a>> {
        let at = self.at();
        if let (Lexeme::Directive(open), Lexeme::Directive(define)) = (self.peek(), self.ahead(1))
            && let Some(Directive::OpenGuard { name }) = directive(open)
            && directive(define) == Some(Directive::Define { name })
        {
            self.index += 2;
            return Some(Name { text: name, at });
        }
        let message = "the file does not start with an include guard";
        let help = "start with `#ifndef NAME_MQH` and `#define NAME_MQH`, end with `#endif`";
        self.faults.add("include-guard", at, message, help);
        None
    }

    fn include(&mut self, file: &mut File<'a>, target: &'a str, beside: bool) {
        let at = self.at();
        if file
            .items
            .iter()
            .any(|item| !matches!(item, Item::Define(_)))
        {
            let help = "move it above the first declaration";
            self.faults
                .add("late-include", at, "an include after a declaration", help);
        }
        file.includes.push(Include { target, beside, at });
    }

    fn refuse_directive(&mut self, line: &str) {
        let message = format!("`{line}` is outside the subset");
        let help = "only `#property strict`, the include guard, `#include` and `#define NAME literal` exist";
        let at = self.at();
        self.faults.add("preprocessor", at, message, help);
    }

    /// `#define NAME literal`: the literal stands on the same line.
    fn define(&mut self, name: &'a str) -> Parsed<Define<'a>> {
        let at = self.at();
        self.bump();
        let name = Name { text: name, at };
        if self.at().line != at.line || self.peek() == Lexeme::End || self.is_mark("(") {
            return Err(self.refuse_define(at));
        }
        let value = self.literal()?;
        if self.at().line == at.line && self.peek() != Lexeme::End {
            return Err(self.refuse_define(at));
        }
        Ok(Define { name, value })
    }

    fn refuse_define(&mut self, at: Position) -> super::Halt {
        let help = "write `#define NAME literal`";
        self.faults
            .add("preprocessor", at, "a define that is not one literal", help);
        self.whole = false;
        while self.at().line == at.line && self.peek() != Lexeme::End {
            self.bump();
        }
        super::Halt
    }

    fn declared(&mut self, file: &mut File<'a>) {
        self.item(file, |parser| match parser.spelling() {
            "class" => parser.class(),
            "enum" => parser.enumeration(),
            _ => parser.function_or_constant(),
        });
    }

    /// Reads one declaration, or gives it up and goes on behind it.
    fn item(&mut self, file: &mut File<'a>, read: impl FnOnce(&mut Self) -> Parsed<Item<'a>>) {
        let (depth, start) = (self.depth, self.index);
        if let Ok(item) = read(self) {
            file.items.push(item);
            return;
        }
        self.depth = depth;
        self.recover();
        if self.index == start || self.is_mark("}") {
            self.bump();
        }
    }

    fn enumeration(&mut self) -> Parsed<Item<'a>> {
        self.bump();
        if self.is_mark("{") {
            return Err(self.refuse("anonymous-enum", "an enum without a name", "name it"));
        }
        let name = self.name()?;
        self.expect("{")?;
        let mut members = Vec::new();
        loop {
            let name = self.name()?;
            let value = if self.take_mark("=") {
                Some(self.literal()?)
            } else {
                None
            };
            members.push(Member { name, value });
            if !self.take_mark(",") {
                break;
            }
            if self.is_mark("}") {
                self.trailing_comma();
                break;
            }
        }
        self.expect("}")?;
        self.expect(";")?;
        Ok(Item::Enum(Enum { name, members }))
    }

    fn function_or_constant(&mut self) -> Parsed<Item<'a>> {
        // `Class::Class(…)`: a constructor has no type.
        if self.ahead_is_name(0) && self.ahead_is_mark(1, "::") {
            let owner = self.name()?;
            self.bump();
            let name = self.name()?;
            return Ok(Item::Function(self.function(None, Some(owner), name)?));
        }
        let of = self.type_name()?;
        if self.is_mark("&") {
            let help = "fill a parameter passed by `&`";
            return Err(self.refuse("reference-returned", "a function returns a reference", help));
        }
        if self.ahead_is_mark(1, "(") {
            let name = self.name()?;
            return Ok(Item::Function(self.function(Some(of), None, name)?));
        }
        if self.ahead_is_mark(1, "::") {
            let owner = self.name()?;
            self.bump();
            let name = self.name()?;
            return Ok(Item::Function(self.function(
                Some(of),
                Some(owner),
                name,
            )?));
        }
        let declaration = self.declarators(of, false)?;
        self.expect(";")?;
        Ok(Item::Constant(declaration))
    }

    /// From the parameters on. A body or `;` must follow.
    pub(super) fn function(
        &mut self,
        returns: Option<TypeName<'a>>,
        owner: Option<Name<'a>>,
        name: Name<'a>,
    ) -> Parsed<Function<'a>> {
        let parameters = self.parameters()?;
        let is_const = self.take_word("const");
        if self.is_mark(":") {
            let help = "assign in the body";
            return Err(self.refuse("outside-subset", "a list of initialisers", help));
        }
        let body = if self.take_mark(";") {
            None
        } else {
            Some(self.block()?)
        };
        Ok(Function {
            returns,
            owner,
            name,
            parameters,
            is_const,
            body,
        })
    }

    fn parameters(&mut self) -> Parsed<Vec<Parameter<'a>>> {
        self.expect("(")?;
        let mut parameters = Vec::new();
        if self.take_mark(")") {
            return Ok(parameters);
        }
        if self.is_word("void") && self.ahead_is_mark(1, ")") {
            self.index += 2;
            return Ok(parameters);
        }
        loop {
            parameters.push(self.parameter()?);
            if !self.take_mark(",") {
                break;
            }
            if self.is_mark(")") {
                self.trailing_comma();
                break;
            }
        }
        self.expect(")")?;
        if parameters.len() > ARGUMENT_LIMIT {
            let message = format!("{} parameters", parameters.len());
            return Err(self.refuse("argument-limit", message, "MQL4 takes at most 64"));
        }
        Ok(parameters)
    }

    fn parameter(&mut self) -> Parsed<Parameter<'a>> {
        let of = self.type_name()?;
        let reference = self.take_mark("&");
        let name = self.name()?;
        let array = self.take_mark("[");
        if array && !self.take_mark("]") {
            let help = "leave the brackets empty";
            return Err(self.refuse("syntax", "a size in an array parameter", help));
        }
        if self.is_mark("=") {
            let message = format!("`{}` has a default", name.text);
            return Err(self.refuse("default-argument", message, "write an overload"));
        }
        if array && !reference {
            let message = format!("array `{}` is passed by value", name.text);
            self.faults
                .add("array-by-value", name.at, message, "pass it by `&`");
        }
        Ok(Parameter {
            of,
            reference,
            name,
            array,
        })
    }
}
