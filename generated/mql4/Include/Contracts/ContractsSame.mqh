//+------------------------------------------------------------------+
//|                                                ContractsSame.mqh |
//|  Compares JSON texts by value: 1.0 is 1, the order of properties |
//|  and the way strings are escaped do not count. For const, enum,  |
//|  uniqueItems and bounds on values kept as raw text.              |
//+------------------------------------------------------------------+
#ifndef CONTRACTS_SAME_MQH
#define CONTRACTS_SAME_MQH
#property strict

#include <Contracts\ContractsDecimal.mqh>
#include <Contracts\ContractsReader.mqh>

//+------------------------------------------------------------------+
//| Two texts read side by side                                      |
//+------------------------------------------------------------------+
class CContractsSame
  {
private:
   CContractsReader  m_left;
   CContractsReader  m_right;

   bool              Value(void);
   bool              Array(void);
   bool              Object(void);
public:
                     CContractsSame(void) { }
   bool              Texts(const string left,const string right);
  };
//+------------------------------------------------------------------+
bool CContractsSame::Texts(const string left,const string right)
  {
   m_left.Load(left);
   m_right.Load(right);
   return(Value() && m_left.Finish() && m_right.Finish());
  }
//+------------------------------------------------------------------+
bool CContractsSame::Value(void)
  {
   CContractsDecimal leftNumber;
   CContractsDecimal rightNumber;
   string            leftText="";
   string            rightText="";
   bool              leftFlag=false;
   bool              rightFlag=false;
   switch(m_left.Kind())
     {
      case CONTRACTS_KIND_NULL:
         return(m_left.Null() && m_right.Null());
      case CONTRACTS_KIND_BOOL:
         return(m_left.Bool(leftFlag) && m_right.Bool(rightFlag) && leftFlag==rightFlag);
      case CONTRACTS_KIND_NUMBER:
         return(m_left.Decimal(leftNumber) && m_right.Decimal(rightNumber) && leftNumber.Compare(rightNumber)==0);
      case CONTRACTS_KIND_STRING:
         return(m_left.Text(leftText) && m_right.Text(rightText) && leftText==rightText);
      case CONTRACTS_KIND_ARRAY:
         return(Array());
      case CONTRACTS_KIND_OBJECT:
         return(Object());
      case CONTRACTS_KIND_NONE:
         return(false);
     }
   return(false);
  }
//+------------------------------------------------------------------+
bool CContractsSame::Array(void)
  {
   bool leftMore=true;
   bool rightMore=true;
   if(!m_left.ArrayBegin() || !m_right.ArrayBegin())
      return(false);
   while(leftMore)
     {
      if(!m_left.ArrayNext(leftMore) || !m_right.ArrayNext(rightMore) || leftMore!=rightMore)
         return(false);
      if(leftMore && !Value())
         return(false);
     }
   return(true);
  }
//+------------------------------------------------------------------+
//| Names do not repeat, so as many properties and each of the left  |
//| ones on the right is the same object                             |
//+------------------------------------------------------------------+
bool CContractsSame::Object(void)
  {
   string name="";
   string leftJson="";
   string rightJson="";
   bool   more=true;
   int    count=0;
   long   begin=m_right.Position();
   if(!m_left.ObjectBegin())
      return(false);
   while(more)
     {
      if(!m_left.ObjectNext(name,more))
         return(false);
      if(more)
        {
         CContractsSame inner;
         if(!m_left.Raw(leftJson) || !m_right.Tag(name,rightJson) || !inner.Texts(leftJson,rightJson))
            return(false);
         count++;
        }
     }
   m_right.Rewind(begin);
   more=m_right.ObjectBegin();
   while(more)
     {
      if(!m_right.ObjectNext(name,more))
         return(false);
      if(more && !m_right.Skip())
         return(false);
      if(more)
         count--;
     }
   return(count==0);
  }
//+------------------------------------------------------------------+
//| Both are JSON and the same value                                 |
//+------------------------------------------------------------------+
bool ContractsSameJson(const string left,const string right)
  {
   CContractsSame same;
   return(same.Texts(left,right));
  }
//+------------------------------------------------------------------+
//| No two of these JSON texts are the same value                    |
//+------------------------------------------------------------------+
bool ContractsAllDiffer(const string &items[])
  {
   int total=ArraySize(items);
   for(int i=1; i<total; i++)
     {
      for(int j=0; j<i; j++)
        {
         if(ContractsSameJson(items[i],items[j]))
            return(false);
        }
     }
   return(true);
  }
//+------------------------------------------------------------------+
//| Numbers by value, however long: -1, 0 or 1; -2 if one is none    |
//+------------------------------------------------------------------+
int ContractsCompareNumbers(const string left,const string right)
  {
   CContractsDecimal leftNumber;
   CContractsDecimal rightNumber;
   if(!leftNumber.Parse(left) || !rightNumber.Parse(right))
      return(-2);
   return(leftNumber.Compare(rightNumber));
  }
#endif
//+------------------------------------------------------------------+
