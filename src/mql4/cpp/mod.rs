//! Trees in, one C++17 text out, for the Linux runner; only trees without faults come here.
//!
//! What differs from MQL4 is written out: arrays as `MqlArray<T>` and `MqlFixed<T,N>`, strings as
//! `MQL_S("…")`, characters as numbers, objects without copies. Every statement stands on the line
//! it has in its MQL4 file, and `#line` names the file, so compilers speak of the emitted text.

mod expression;
mod statement;

use std::fmt::Write as _;

use super::fault::Position;
use super::program::Unit;
use super::syntax::{
    Class, Declaration, Declarator, Define, Enum, Extent, File, Function, Initialiser, Item,
    Parameter, Part, TypeName,
};

/// Lines that are skipped by line feeds rather than by a new `#line`.
const SHORT_GAP: usize = 8;

/// Whether the file defines what a terminal would run.
pub(super) fn starts(file: &File<'_>) -> bool {
    file.items.iter().any(|item| {
        matches!(item, Item::Function(function)
            if function.name.text == "OnStart" && function.owner.is_none()
                && function.parameters.is_empty()
                && function.returns.is_some_and(|returns| returns.name.text == "void"))
    })
}

/// Prints the files in the order given, which must be the order of their declarations.
pub(super) fn print<'u, 'a: 'u>(units: impl Iterator<Item = &'u Unit<'a>>) -> String {
    let mut printer = Printer {
        out: "#include \"mql4.hpp\"\n".to_owned(),
        path: "",
        line: 0,
    };
    for unit in units {
        printer.path = unit.path;
        printer.line = 0;
        for item in &unit.file.items {
            printer.item(item);
        }
        printer.out.push('\n');
    }
    printer.out.push_str("int main(){ OnStart(); return 0; }\n");
    printer.out
}

struct Printer<'a> {
    out: String,
    path: &'a str,
    /// The line of the MQL4 file the current output line stands for; 0 when there is none.
    line: usize,
}

impl<'a> Printer<'a> {
    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Goes to the line something is written on.
    fn go_to(&mut self, at: Position) {
        if self.line == at.line {
            self.push(" ");
        } else if self.line != 0 && (self.line..self.line + SHORT_GAP).contains(&at.line) {
            self.push(&"\n".repeat(at.line - self.line));
        } else {
            write!(self.out, "\n#line {} \"{}\"\n", at.line, self.path)
                .expect("writing to a string cannot fail");
        }
        self.line = at.line;
    }

    fn item(&mut self, item: &Item<'a>) {
        match item {
            Item::Define(define) => self.define(define),
            Item::Enum(item) => self.enumeration(item),
            Item::Forward(name) => {
                self.go_to(name.at);
                self.push("class ");
                self.push(name.text);
                self.push(";");
            }
            Item::Class(class) => self.class(class),
            Item::Function(function) => self.function(function, true),
            Item::Constant(declaration) => {
                self.go_to(declaration.of.name.at);
                for declarator in &declaration.declarators {
                    self.constant(declaration.of.name.text, declarator);
                }
            }
        }
    }

    /// A constant of file scope; a table fills an array once, so that it is passed like any array.
    fn constant(&mut self, of: &str, declarator: &Declarator<'a>) {
        let name = declarator.name.text;
        match &declarator.value {
            Initialiser::Absent => {}
            Initialiser::Value(value) => {
                self.push("static const ");
                self.push(of);
                self.push(" ");
                self.push(name);
                self.push("=");
                self.expression(value);
                self.push(";");
            }
            Initialiser::Table(elements) => {
                let count = elements.len();
                write!(
                    self.out,
                    "static const MqlArray<{of}>& {name}=[]()->const MqlArray<{of}>& {{ \
                     static MqlArray<{of}> table; static const {of} elements[]={{"
                )
                .expect("writing to a string cannot fail");
                for element in elements {
                    self.go_to(element.at);
                    self.expression(element);
                    self.push(",");
                }
                write!(
                    self.out,
                    "}}; ArrayResize(table,{count}); \
                     for(int i=0; i<{count}; i++) table[i]=elements[i]; return table; }}();"
                )
                .expect("writing to a string cannot fail");
            }
        }
    }

    fn define(&mut self, define: &Define<'a>) {
        self.line = 0;
        self.go_to(define.name.at);
        self.push("#define ");
        self.push(define.name.text);
        self.push(" (");
        self.expression(&define.value);
        self.push(")\n");
        self.line += 1;
    }

    fn enumeration(&mut self, item: &Enum<'a>) {
        self.go_to(item.name.at);
        self.push("enum ");
        self.push(item.name.text);
        self.push(" : int {");
        for member in &item.members {
            self.go_to(member.name.at);
            self.push(member.name.text);
            if let Some(value) = &member.value {
                self.push("=");
                self.expression(value);
            }
            self.push(",");
        }
        self.push(" };");
    }

    fn class(&mut self, class: &Class<'a>) {
        let name = class.name.text;
        self.go_to(class.name.at);
        write!(
            self.out,
            "class {name} {{ public: {name}(const {name}&)=delete; \
             {name}& operator=(const {name}&)=delete; private:"
        )
        .expect("writing to a string cannot fail");
        for part in &class.parts {
            match part {
                Part::Access { public, at } => {
                    self.go_to(*at);
                    self.push(if *public { "public:" } else { "private:" });
                }
                Part::Field(declaration) => {
                    self.go_to(declaration.of.name.at);
                    self.declaration(declaration);
                    self.push(";");
                }
                Part::Method(function) => self.function(function, false),
            }
        }
        self.push(" };");
    }

    fn function(&mut self, function: &Function<'a>, at_file_scope: bool) {
        let start = function
            .returns
            .map_or(function.name.at, |returns| returns.name.at);
        self.go_to(start);
        // One translation unit: nothing else will call it.
        if at_file_scope && function.owner.is_none() {
            self.push("[[maybe_unused]] static ");
        }
        if let Some(returns) = function.returns {
            self.type_name(returns);
        }
        if let Some(owner) = function.owner {
            self.push(owner.text);
            self.push("::");
        }
        self.push(function.name.text);
        self.push("(");
        for (number, parameter) in function.parameters.iter().enumerate() {
            if number > 0 {
                self.push(",");
            }
            self.parameter(parameter);
        }
        self.push(")");
        if function.is_const {
            self.push(" const");
        }
        match &function.body {
            Some(body) => self.block(body),
            None => self.push(";"),
        }
    }

    fn parameter(&mut self, parameter: &Parameter<'a>) {
        let of = parameter.of;
        if of.is_const {
            self.push("const ");
        }
        if parameter.array {
            write!(self.out, "MqlArray<{}> ", of.name.text)
                .expect("writing to a string cannot fail");
        } else {
            self.push(of.name.text);
            self.push(" ");
        }
        if parameter.reference {
            self.push("&");
        }
        self.push(parameter.name.text);
    }

    fn type_name(&mut self, of: TypeName<'a>) {
        if of.is_const {
            self.push("const ");
        }
        self.push(of.name.text);
        self.push(" ");
    }

    /// A field or a local; one C++ declaration a name, for their types may differ.
    fn declaration(&mut self, declaration: &Declaration<'a>) {
        let of = declaration.of;
        for (number, declarator) in declaration.declarators.iter().enumerate() {
            if number > 0 {
                self.push("; ");
            }
            match &declarator.array {
                Extent::Single => self.type_name(of),
                Extent::Fixed(size) => {
                    self.push("MqlFixed<");
                    self.push(of.name.text);
                    self.push(",");
                    self.expression(size);
                    self.push("> ");
                }
                Extent::Dynamic => {
                    self.push("MqlArray<");
                    self.push(of.name.text);
                    self.push("> ");
                }
            }
            self.push(declarator.name.text);
            if let Initialiser::Value(value) = &declarator.value {
                self.push("=");
                self.expression(value);
            }
        }
    }
}
