//+------------------------------------------------------------------+
//|                                                ContractsJson.mqh |
//|  JSON for generated contracts (MQL4, build 600 or later): no     |
//|  DLL, no pointers, numbers in integer arithmetic only.           |
//|                                                                  |
//|  CContractsReader: text to values, as the caller asks for them   |
//|    void Load(json)            start over with a text             |
//|    bool Finish()              nothing but space is left          |
//|    bool ObjectBegin()         enter { ; then until !more:        |
//|    bool ObjectNext(name,more) step to the next property or out   |
//|    bool Required(name)        the object left just now had it    |
//|    bool ArrayBegin()          enter [ ; then until !more:        |
//|    bool ArrayNext(more)       step to the next element or out    |
//|    bool Null()  Bool(v)  Int(v)  Long(v)  ULong(v)  Double(v)    |
//|    bool Text(v)  Decimal(v)   one value of that kind             |
//|    bool Raw(json)             any value, as it is spelled        |
//|    bool Skip()                any value, checked and passed      |
//|    ENUM_CONTRACTS_KIND Kind() what stands next (CONTRACTS_KIND_*)|
//|    bool IsNull()              null stands next                   |
//|    bool IsInteger()           a number without fraction is next  |
//|    bool Tag(name,json)        looks ahead in the object that     |
//|                               stands next; "" if it has no name  |
//|    long Position()  void Rewind(position)  to try again a value; |
//|                               an error is forgotten              |
//|    bool Fail(message)         returns false; the first one stays |
//|    bool Refuse(position,message)  the same for an earlier value  |
//|    void AtName(name)  AtIndex(i)  while unwinding from an error  |
//|    bool Failed()  string Error()                                 |
//|         "$.legs[0].ratio: expected a number (offset 91)"         |
//|  Every bool but the questions is false after an error. Offsets   |
//|  count UTF-16 units. A repeated property is an error anywhere.   |
//|                                                                  |
//|  CContractsWriter: values to compact text                        |
//|    void ObjectBegin()  Key(name)  ObjectEnd()                    |
//|    void ArrayBegin()  ArrayEnd()                                 |
//|    void Null()  Bool(v)  Long(v)  ULong(v)  Double(v)  Text(v)   |
//|    void Raw(json)             one value that is JSON already     |
//|    void Fail(message)         the first one stays                |
//|    bool Failed()  string Error()  string Json()                  |
//|         "$.legs[0].ratio: number is not finite"                  |
//|                                                                  |
//|  Texts: ContractsCodePoints ContractsLongText ContractsULongText |
//|    ContractsDoubleText ContractsPathName ContractsPathIndex      |
//|    ContractsToUtf8 ContractsFromUtf8                             |
//|  Numbers: ContractsScale(integer,power of two)                   |
//+------------------------------------------------------------------+
#ifndef CONTRACTS_JSON_MQH
#define CONTRACTS_JSON_MQH
#property strict

#include <Contracts\ContractsText.mqh>
#include <Contracts\ContractsUtf8.mqh>
#include <Contracts\ContractsBig.mqh>
#include <Contracts\ContractsDecimal.mqh>
#include <Contracts\ContractsShortest.mqh>
#include <Contracts\ContractsReader.mqh>
#include <Contracts\ContractsWriter.mqh>

#define CONTRACTS_RUNTIME_VERSION "0.1.0"

//--- an optional property that may also be null
enum ENUM_CONTRACTS_PRESENCE
  {
   CONTRACTS_ABSENT=0,
   CONTRACTS_NULL=1,
   CONTRACTS_VALUE=2
  };
#endif
//+------------------------------------------------------------------+
