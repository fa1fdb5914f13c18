//! Classes: access labels, fields, methods, one explicit default constructor.

use super::{Parsed, Parser};
use crate::mql4::lexer::Lexeme;
use crate::mql4::syntax::{Class, Initialiser, Item, Name, Part};

impl<'a> Parser<'a, '_, '_> {
    /// `class Name { … };`, or `class Name;` ahead of it.
    pub(super) fn class(&mut self) -> Parsed<Item<'a>> {
        self.bump();
        let name = self.name()?;
        if self.take_mark(";") {
            return Ok(Item::Forward(name));
        }
        if self.is_mark(":") {
            let help = "hold the other class as a field";
            return Err(self.refuse("inheritance", "a class with a base", help));
        }
        self.expect("{")?;
        let mut parts = Vec::new();
        while !self.is_mark("}") && self.peek() != Lexeme::End {
            let (depth, start) = (self.depth, self.index);
            if let Ok(part) = self.part(name) {
                parts.push(part);
            } else {
                self.depth = depth;
                self.recover();
                if self.index == start && !self.is_mark("}") {
                    self.bump();
                }
            }
        }
        self.expect("}")?;
        self.expect(";")?;
        Ok(Item::Class(Class { name, parts }))
    }

    fn part(&mut self, class: Name<'a>) -> Parsed<Part<'a>> {
        let at = self.at();
        let public = self.is_word("public");
        if public || self.is_word("private") {
            self.bump();
            self.expect(":")?;
            return Ok(Part::Access { public, at });
        }
        match self.spelling() {
            "class" | "enum" => {
                let help = "declare it at file scope";
                return Err(self.refuse("nested-type", "a type inside a class", help));
            }
            "~" => {
                let help = "objects free what they hold by themselves";
                return Err(self.refuse("destructor", "a destructor", help));
            }
            word if word == class.text && self.ahead_is_mark(1, "(") => {
                let name = self.name()?;
                return Ok(Part::Method(self.function(None, None, name)?));
            }
            _ => {}
        }
        let of = self.type_name()?;
        if self.is_mark("&") {
            let help = "hold a value, or fill a parameter passed by `&`";
            return Err(self.refuse("reference-member", "a member that is a reference", help));
        }
        if self.ahead_is_mark(1, "(") {
            let name = self.name()?;
            return Ok(Part::Method(self.function(Some(of), None, name)?));
        }
        let declaration = self.declarators(of, false)?;
        for declarator in &declaration.declarators {
            if !matches!(declarator.value, Initialiser::Absent) {
                let message = format!("field `{}` has an initialiser", declarator.name.text);
                let help = "assign it in the constructor";
                self.faults
                    .add("class-initialiser", declarator.name.at, message, help);
            }
        }
        self.expect(";")?;
        Ok(Part::Field(declaration))
    }
}
