//+------------------------------------------------------------------+
//|                                              ContractsChecks.mqh |
//|  What generated validation asks beyond comparing members:        |
//|                                                                  |
//|  bool ContractsMultipleOf(number,divisor)  JSON number texts     |
//|  bool ContractsMultipleOfLong / ULong / Double(value,divisor)    |
//|  int  ContractsCompareNumbers(left,right)  -1, 0, 1              |
//|  bool ContractsSameJson(left,right)        raw JSON, by value    |
//|  bool ContractsAllDiffer(texts[])          raw JSON, uniqueItems |
//|  bool ContractsMatch(text,width,ranges,table)  a pattern's table |
//|  bool ContractsIsDate IsTime IsDateTime IsUuid IsHostname        |
//|       IsEmail IsIpv4 IsIpv6 IsUri IsUriReference (text)          |
//|  bool   ContractsTimeParse(text,utc,nanoseconds)                 |
//|  string ContractsTimeText(utc,nanoseconds)                       |
//+------------------------------------------------------------------+
#ifndef CONTRACTS_CHECKS_MQH
#define CONTRACTS_CHECKS_MQH
#property strict

#include <Contracts\ContractsJson.mqh>
#include <Contracts\ContractsSame.mqh>
#include <Contracts\ContractsMatch.mqh>
#include <Contracts\ContractsTime.mqh>
#include <Contracts\ContractsFormats.mqh>

//+------------------------------------------------------------------+
//| number/divisor is an integer, both being JSON numbers as text:   |
//| decided in decimals, so 0.3 is a multiple of 0.1                 |
//+------------------------------------------------------------------+
bool ContractsMultipleOf(const string number,const string divisor)
  {
   CContractsDecimal value;
   CContractsDecimal step;
   return(value.Parse(number) && step.Parse(divisor) && value.MultipleOf(step));
  }
//+------------------------------------------------------------------+
bool ContractsMultipleOfLong(const long value,const string divisor)
  {
   return(ContractsMultipleOf(ContractsLongText(value),divisor));
  }
//+------------------------------------------------------------------+
bool ContractsMultipleOfULong(const ulong value,const string divisor)
  {
   return(ContractsMultipleOf(ContractsULongText(value),divisor));
  }
//+------------------------------------------------------------------+
//| A double stands for its shortest text                            |
//+------------------------------------------------------------------+
bool ContractsMultipleOfDouble(const double value,const string divisor)
  {
   return(ContractsMultipleOf(ContractsDoubleText(value),divisor));
  }
#endif
//+------------------------------------------------------------------+
