//+------------------------------------------------------------------+
//|                                              ContractsQuoted.mqh |
//|  A JSON string as written in; the text it stands for out.        |
//|  Refuses what MQL4 cannot hold (U+0000) and what is no text      |
//|  (unpaired surrogates).                                          |
//+------------------------------------------------------------------+
#ifndef CONTRACTS_QUOTED_MQH
#define CONTRACTS_QUOTED_MQH
#property strict

#include <Contracts\ContractsText.mqh>

//+------------------------------------------------------------------+
class CContractsQuoted
  {
private:
   CContractsBuffer  m_text;
   string            m_fault;

   int               Refuse(const string fault,const int position);
   ushort            Escaped(const ushort unit) const;
   int               HexUnit(const ushort &units[],const int from,const int end) const;
public:
                     CContractsQuoted(void) { m_fault="";             }
   int               Scan(const ushort &units[],const int from,const int end);
   string            Fault(void) const      { return(m_fault);        }
   string            Text(void) const       { return(m_text.Text());  }
  };
//+------------------------------------------------------------------+
int CContractsQuoted::Refuse(const string fault,const int position)
  {
   m_fault=fault;
   return(position);
  }
//+------------------------------------------------------------------+
//| What a unit after a backslash stands for, 0 if for nothing       |
//+------------------------------------------------------------------+
ushort CContractsQuoted::Escaped(const ushort unit) const
  {
   switch(unit)
     {
      case 34:
      case 92:
      case '/':
         return(unit);
      case 'b':
         return(8);
      case 'f':
         return(12);
      case 'n':
         return(10);
      case 'r':
         return(13);
      case 't':
         return(9);
     }
   return(0);
  }
//+------------------------------------------------------------------+
//| The unit of four hexadecimal digits, -1 if they are not there    |
//+------------------------------------------------------------------+
int CContractsQuoted::HexUnit(const ushort &units[],const int from,const int end) const
  {
   int code=0;
   if(from+4>end)
      return(-1);
   for(int i=from; i<from+4; i++)
     {
      int digit=ContractsHexValue(units[i]);
      if(digit<0)
         return(-1);
      code=code*16+digit;
     }
   return(code);
  }
//+------------------------------------------------------------------+
//| Reads the string whose opening quote is units[from]; the         |
//| position after it, or that of the fault when Fault() is not empty|
//+------------------------------------------------------------------+
int CContractsQuoted::Scan(const ushort &units[],const int from,const int end)
  {
   int  position=from+1;
   bool half=false;
   m_text.Clear();
   m_fault="";
   while(position<end)
     {
      int  unit=units[position];
      int  next=position+1;
      bool quote=(unit==34);
      if(unit<32)
         return(Refuse("control character in a string",position));
      if(unit==92)
        {
         if(next<end && units[next]=='u')
           {
            unit=HexUnit(units,next+1,end);
            next+=5;
           }
         else
           {
            unit=(next<end ? (int)Escaped(units[next]) : 0);
            next++;
            if(unit==0)
               unit=-1;
           }
         if(unit<0)
            return(Refuse("unknown escape",position));
         if(unit==0)
            return(Refuse("U+0000 cannot be held in a string",position));
        }
      //--- a high surrogate waits for a low one, and only it does
      if(half!=ContractsIsLow((ushort)unit))
         return(Refuse("unpaired surrogate",position));
      if(quote)
         return(next);
      half=ContractsIsHigh((ushort)unit);
      m_text.Unit((ushort)unit);
      position=next;
     }
   return(Refuse("unfinished string",position));
  }
#endif
//+------------------------------------------------------------------+
