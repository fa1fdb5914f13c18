use std::collections::BTreeMap;
#[test]
fn t() {
    let mut files = BTreeMap::new();
    for e in std::fs::read_dir("generators/mql4/runtime/Include/Contracts").unwrap() {
        let p = e.unwrap().path();
        files.insert(format!("Include/Contracts/{}", p.file_name().unwrap().to_str().unwrap()), std::fs::read_to_string(&p).unwrap());
    }
    files.insert("Include/ContractsTest/Walk.mqh".into(), std::fs::read_to_string("tests/mql4_runtime/Walk.mqh").unwrap());
    files.insert("Scripts/Runtime.mq4".into(), std::fs::read_to_string("tests/mql4_runtime/Runtime.mq4").unwrap());
    match contracts::mql4::translate(&files, "Scripts/Runtime.mq4") {
        Ok(t) => std::fs::write("/tmp/rt2.cpp", t).unwrap(),
        Err(f) => for f in f { println!("{}:{}:{}: {} {} {:?}", f.path, f.line, f.column, f.rule, f.message, f.help) }
    }
}
