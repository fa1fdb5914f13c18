//! A member's own methods: what sets and clears it, and what goes through its elements.

use std::fmt::Write as _;

use super::lines::pad;
use super::member::{Form, Member, Presence};
use super::put;
use crate::target::filters::mql4 as quoted;

/// Between methods.
const LINE: &str = "//+------------------------------------------------------------------+\n";

impl Member {
    /// Whether something beside the value must be kept right.
    fn has_setters(&self) -> bool {
        self.presence != Presence::Always || !self.before.is_empty()
    }

    /// What a setter takes.
    fn taken(&self) -> String {
        let of = &self.held.of;
        match self.held.form {
            Form::Nothing => "void".to_owned(),
            Form::Scalar => format!("const {of} newValue"),
            Form::Object | Form::Held => format!("const {of} &newValue"),
            Form::Scalars | Form::Choices | Form::Objects => format!("const {of} &newValue[]"),
        }
    }

    pub(super) fn declare_methods(&self, out: &mut String) {
        let (bool_, void) = (pad("bool"), pad("void"));
        if self.held.is_time {
            let get = self.named("get");
            put!(
                out,
                "   {bool_}{get}(datetime &utc,int &nanoseconds) const;\n"
            );
            let set = self.named("set");
            put!(
                out,
                "   {void}{set}(const datetime utc,const int nanoseconds);\n"
            );
        }
        if !self.has_setters() {
            return;
        }
        put!(out, "   {void}{}({});\n", self.named("set"), self.taken());
        if self.presence == Presence::State {
            put!(out, "   {void}{}(void);\n", self.named("set_null"));
        }
        if self.presence != Presence::Always {
            put!(out, "   {void}{}(void);\n", self.named("clear"));
        }
    }

    pub(super) fn declare_private(&self, out: &mut String) {
        let (bool_, void, of) = (pad("bool"), pad("void"), &self.held.of);
        if matches!(self.held.form, Form::Choices | Form::Objects) {
            put!(
                out,
                "   {void}{}(const {of} &otherItems[]);\n",
                self.named("copy")
            );
            put!(
                out,
                "   {bool_}{}(CContractsReader &jsonReader);\n",
                self.named("read")
            );
            put!(
                out,
                "   {void}{}(CContractsWriter &jsonWriter) const;\n",
                self.named("write")
            );
        }
        if self.held.checks_items() {
            put!(
                out,
                "   {bool_}{}(string &errorText) const;\n",
                self.named("check")
            );
        }
    }

    pub(super) fn setters(&self, out: &mut String) {
        let (class, name, set) = (&self.class, &self.name, self.named("set"));
        if self.held.is_time {
            let title = "//| Whole seconds in UTC; false if the text is none in 1970 to 3000  |\n";
            put!(out, "{LINE}{title}{LINE}");
            let get = self.named("get");
            put!(
                out,
                "bool {class}::{get}(datetime &utc,int &nanoseconds) const\n  {{\n"
            );
            put!(
                out,
                "   return(ContractsTimeParse({name},utc,nanoseconds));\n  }}\n"
            );
            let title = "//| TimeGMT() is UTC; TimeCurrent() is the broker's time             |\n";
            put!(out, "{LINE}{title}{LINE}");
            put!(
                out,
                "void {class}::{set}(const datetime utc,const int nanoseconds)\n  {{\n"
            );
            let text = "ContractsTimeText(utc,nanoseconds)";
            if self.has_setters() {
                put!(out, "   {set}({text});\n  }}\n");
            } else {
                put!(out, "   {name}={text};\n  }}\n");
            }
        }
        if !self.has_setters() {
            return;
        }
        put!(out, "{LINE}void {class}::{set}({})\n  {{\n", self.taken());
        if !self.before.is_empty() {
            put!(out, "   {}\n", self.before);
        }
        self.present(out, "true", "CONTRACTS_VALUE");
        self.copy_value(out, "newValue");
        out.push_str("  }\n");
        if self.presence == Presence::State {
            let set_null = self.named("set_null");
            put!(out, "{LINE}void {class}::{set_null}(void)\n  {{\n");
            put!(out, "   {}=CONTRACTS_NULL;\n", self.named("state"));
            self.empty(out);
            out.push_str("  }\n");
        }
        if self.presence != Presence::Always {
            put!(
                out,
                "{LINE}void {class}::{}(void)\n  {{\n",
                self.named("clear")
            );
            self.reset(out);
            out.push_str("  }\n");
        }
    }

    pub(super) fn lists(&self, out: &mut String) {
        let (class, name) = (&self.class, &self.name);
        if matches!(self.held.form, Form::Choices | Form::Objects) {
            self.copy_items(out);
            self.read_items(out);
            let write = self.named("write");
            put!(
                out,
                "{LINE}void {class}::{write}(CContractsWriter &jsonWriter) const\n  {{\n"
            );
            put!(out, "   jsonWriter.ArrayBegin();\n");
            put!(
                out,
                "   for(int itemIndex=0; itemIndex<ArraySize({name}); itemIndex++)\n"
            );
            let choice = self
                .held
                .item
                .as_ref()
                .and_then(|item| item.choice.as_ref());
            match choice {
                Some((_, text)) => {
                    put!(out, "      jsonWriter.Text({text}({name}[itemIndex]));\n");
                }
                None => {
                    put!(out, "      {name}[itemIndex].Write(jsonWriter);\n");
                }
            }
            put!(out, "   jsonWriter.ArrayEnd();\n  }}\n");
        }
        if self.held.checks_items() {
            self.check_items(out);
        }
    }

    fn copy_items(&self, out: &mut String) {
        let (class, name, of) = (&self.class, &self.name, &self.held.of);
        let copy = self.named("copy");
        put!(
            out,
            "{LINE}void {class}::{copy}(const {of} &otherItems[])\n  {{\n"
        );
        put!(
            out,
            "   int itemTotal=ArraySize(otherItems);\n   ArrayResize({name},itemTotal);\n"
        );
        put!(
            out,
            "   for(int itemIndex=0; itemIndex<itemTotal; itemIndex++)\n"
        );
        if self.held.form == Form::Choices {
            put!(
                out,
                "      {name}[itemIndex]=otherItems[itemIndex];\n  }}\n"
            );
        } else {
            put!(
                out,
                "      {name}[itemIndex].CopyFrom(otherItems[itemIndex]);\n  }}\n"
            );
        }
    }

    fn read_items(&self, out: &mut String) {
        let (class, name, of) = (&self.class, &self.name, &self.held.of);
        let read = self.named("read");
        put!(
            out,
            "{LINE}bool {class}::{read}(CContractsReader &jsonReader)\n  {{\n"
        );
        put!(
            out,
            "   int  itemTotal=0;\n   bool hasMore=true;\n   bool wasRead=true;\n"
        );
        put!(out, "   ArrayResize({name},0);\n");
        put!(
            out,
            "   if(!jsonReader.ArrayBegin())\n      return(false);\n"
        );
        put!(out, "   while(hasMore)\n     {{\n");
        put!(
            out,
            "      if(!jsonReader.ArrayNext(hasMore))\n         return(false);\n"
        );
        put!(out, "      if(!hasMore)\n         return(true);\n");
        put!(out, "      ArrayResize({name},itemTotal+1,16);\n");
        let item = self.held.item.as_ref();
        match item.and_then(|item| Some((item, item.choice.as_ref()?))) {
            Some((item, (read, _))) => {
                put!(out, "      {of} newItem={};\n", item.zero);
                put!(out, "      wasRead={read}(jsonReader,newItem);\n");
                put!(out, "      {name}[itemTotal]=newItem;\n");
            }
            None => {
                put!(out, "      wasRead={name}[itemTotal].Read(jsonReader);\n");
            }
        }
        put!(
            out,
            "      if(!wasRead)\n        {{\n         jsonReader.AtIndex(itemTotal);\n"
        );
        put!(
            out,
            "         return(false);\n        }}\n      itemTotal++;\n     }}\n"
        );
        put!(out, "   return(true);\n  }}\n");
    }

    fn check_items(&self, out: &mut String) {
        let (class, name, held) = (&self.class, &self.name, &self.held);
        put!(
            out,
            "{LINE}bool {class}::{}(string &errorText) const\n  {{\n",
            self.named("check")
        );
        if held.automata {
            put!(out, "   {} modelChecks;\n", self.checks);
        }
        if held.unique {
            put!(
                out,
                "   CContractsWriter jsonWriter;\n   {}\n",
                self.write_value()
            );
            put!(out, "   if(!ContractsItemsDiffer(jsonWriter.Json()))\n");
            let differ = "expected items that differ";
            put!(
                out,
                "      return(ContractsInvalid(errorText,\"\",\"{differ}\"));\n"
            );
        }
        if held.form == Form::Objects || !held.wrong.is_empty() {
            put!(
                out,
                "   for(int itemIndex=0; itemIndex<ArraySize({name}); itemIndex++)\n     {{\n"
            );
            let path = "ContractsPathIndex(itemIndex)";
            if held.form == Form::Objects {
                put!(out, "      if(!{name}[itemIndex].Validate(errorText))\n");
                put!(out, "         return(ContractsBelow(errorText,{path}));\n");
            }
            for wrong in &held.wrong {
                put!(out, "      if({})\n", wrong.condition);
                let message = quoted(&wrong.message);
                put!(
                    out,
                    "         return(ContractsInvalid(errorText,{path},{message}));\n"
                );
            }
            out.push_str("     }\n");
        }
        out.push_str("   return(true);\n  }\n");
    }
}
