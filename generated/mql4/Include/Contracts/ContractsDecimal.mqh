//+------------------------------------------------------------------+
//|                                             ContractsDecimal.mqh |
//|  A JSON number exactly as written: sign, digits, power of ten.   |
//|  Units in; an integer, the nearest double or a comparison out,   |
//|  in integer arithmetic only: no StringToDouble, no rounding mode.|
//+------------------------------------------------------------------+
#ifndef CONTRACTS_DECIMAL_MQH
#define CONTRACTS_DECIMAL_MQH
#property strict

#include <Contracts\ContractsText.mqh>
#include <Contracts\ContractsBig.mqh>

//--- A double or a point midway between two has at most 767 digits;
//--- of a longer number it matters only that there are more.
#define CONTRACTS_MAX_DIGITS 800
//--- Exponents are cut here; no text is long enough to make up for it.
#define CONTRACTS_MAX_POWER  1000000000000000

//+------------------------------------------------------------------+
//| value*2^power, exact whenever the result is representable. How   |
//| bounds of more than 15 digits are written: an integer and a      |
//| power of two.                                                    |
//+------------------------------------------------------------------+
double ContractsScale(const long value,const int power)
  {
   double result=(double)value;
   int    left=power;
   while(left>=16)
     {
      result*=65536.0;
      left-=16;
     }
   while(left>0)
     {
      result*=2.0;
      left--;
     }
   while(left<=-16)
     {
      result/=65536.0;
      left+=16;
     }
   while(left<0)
     {
      result/=2.0;
      left++;
     }
   return(result);
  }
//+------------------------------------------------------------------+
//| top/bottom as the nearest double, ties to even; false if it is   |
//| too large. Both are used up.                                     |
//+------------------------------------------------------------------+
bool ContractsNearest(CContractsBig &top,CContractsBig &bottom,double &value)
  {
   value=0.0;
   if(top.IsZero())
      return(true);
//--- scale until 1 <= top/bottom < 2; the value is that times 2^power
   int power=top.BitLength()-bottom.BitLength();
   if(power>0)
      bottom.ShiftLeft(power);
   else
      top.ShiftLeft(-power);
   if(top.Compare(bottom)<0)
     {
      top.ShiftLeft(1);
      power--;
     }
   if(power>1023)
      return(false);
//--- bits a double has there: fewer among the subnormals
   int wanted=53;
   if(power<-1022)
      wanted=53+1022+power;
   if(wanted<0)
      return(true);
   long bits=0;
   for(int i=0; i<wanted; i++)
     {
      bits=bits*2;
      if(top.Compare(bottom)>=0)
        {
         top.Subtract(bottom);
         bits=bits+1;
        }
      top.ShiftLeft(1);
     }
//--- what is left compares to bottom as it does to half a unit
   int order=top.Compare(bottom);
   if(order>0 || (order==0 && bits%2==1))
      bits=bits+1;
   if(power==1023 && bits>=((long)1<<53))
      return(false);
   value=ContractsScale(bits,power-wanted+1);
   return(true);
  }
//+------------------------------------------------------------------+
//| (negative ? -1 : 1) * digits * 10^power; the first and the last  |
//| digit are not zero, and zero has no digits                       |
//+------------------------------------------------------------------+
class CContractsDecimal
  {
private:
   bool              m_negative;
   uchar             m_digit[];
   int               m_count;
   long              m_power;
   string            m_fault;

   void              Push(const ushort unit);
   int               TakeDigits(const ushort &units[],const int from,const int end);
   int               Refuse(const string fault,const int position);
   int               CompareSize(const CContractsDecimal &other) const;
   void              Remainder(CContractsBig &rest,const CContractsBig &divisor,const int digit) const;
public:
                     CContractsDecimal(void);
   int               Scan(const ushort &units[],const int from,const int end);
   bool              Parse(const string text);
   string            Fault(void) const    { return(m_fault); }
   bool              IsInteger(void) const { return(m_power>=0); }
   bool              IsZero(void) const   { return(m_count==0); }
   bool              ToULong(ulong &value) const;
   bool              ToLong(long &value) const;
   bool              ToDouble(double &value) const;
   int               Compare(const CContractsDecimal &other) const;
   bool              MultipleOf(const CContractsDecimal &divisor) const;
  };
//+------------------------------------------------------------------+
CContractsDecimal::CContractsDecimal(void)
  {
   m_negative=false;
   m_count=0;
   m_power=0;
   m_fault="";
  }
//+------------------------------------------------------------------+
void CContractsDecimal::Push(const ushort unit)
  {
   if(m_count>=ArraySize(m_digit))
      ArrayResize(m_digit,m_count*2+24);
   m_digit[m_count]=(uchar)(unit-'0');
//--- leading zeros are not kept
   if(m_count>0 || unit!='0')
      m_count++;
  }
//+------------------------------------------------------------------+
//| Takes a run of digits; the position after it                     |
//+------------------------------------------------------------------+
int CContractsDecimal::TakeDigits(const ushort &units[],const int from,const int end)
  {
   int position=from;
   while(position<end && ContractsIsDigit(units[position]))
     {
      Push(units[position]);
      position++;
     }
   return(position);
  }
//+------------------------------------------------------------------+
int CContractsDecimal::Refuse(const string fault,const int position)
  {
   m_fault=fault;
   return(position);
  }
//+------------------------------------------------------------------+
//| Reads the number at units[from]; the position after it, or that  |
//| of the fault when Fault() is not empty                           |
//+------------------------------------------------------------------+
int CContractsDecimal::Scan(const ushort &units[],const int from,const int end)
  {
   int position=from;
   m_negative=false;
   m_count=0;
   m_power=0;
   m_fault="";
   if(position<end && units[position]=='-')
     {
      m_negative=true;
      position++;
     }
   int begin=position;
   if(position<end && units[position]=='0')
      position++;
   else
      position=TakeDigits(units,position,end);
   if(position==begin)
      return(Refuse("expected a number",from));
   if(position<end && units[position]=='.')
     {
      begin=position+1;
      position=TakeDigits(units,begin,end);
      if(position==begin)
         return(Refuse("expected a digit after the decimal point",position));
      m_power=begin-position;
     }
   if(position<end && (units[position]=='e' || units[position]=='E'))
     {
      long power=0;
      bool below=false;
      position++;
      if(position<end && (units[position]=='+' || units[position]=='-'))
        {
         below=(units[position]=='-');
         position++;
        }
      begin=position;
      while(position<end && ContractsIsDigit(units[position]))
        {
         if(power<CONTRACTS_MAX_POWER)
            power=power*10+(units[position]-'0');
         position++;
        }
      if(position==begin)
         return(Refuse("expected a digit in the exponent",position));
      m_power+=(below ? -power : power);
     }
//--- nor are trailing zeros
   while(m_count>0 && m_digit[m_count-1]==0)
     {
      m_count--;
      m_power++;
     }
   if(m_count==0)
     {
      m_power=0;
      m_negative=false;
     }
   return(position);
  }
//+------------------------------------------------------------------+
//| The whole text is one number                                     |
//+------------------------------------------------------------------+
bool CContractsDecimal::Parse(const string text)
  {
   ushort units[];
   int    total=StringLen(text);
   StringToShortArray(text,units);
   return(Scan(units,0,total)==total && m_fault=="");
  }
//+------------------------------------------------------------------+
//| The size of an integer, without its sign; false beyond 64 bits   |
//+------------------------------------------------------------------+
bool CContractsDecimal::ToULong(ulong &value) const
  {
   value=0;
   if(m_power<0 || m_count+m_power>20)
      return(false);
   for(int i=0; i<m_count+m_power; i++)
     {
      ulong digit=0;
      if(i<m_count)
         digit=(ulong)m_digit[i];
      if(value>(ULONG_MAX-digit)/10)
         return(false);
      value=value*10+digit;
     }
   return(!m_negative);
  }
//+------------------------------------------------------------------+
bool CContractsDecimal::ToLong(long &value) const
  {
   value=0;
   if(m_power<0 || m_count+m_power>19)
      return(false);
//--- downwards, since LONG_MIN is further from zero than LONG_MAX
   for(int i=0; i<m_count+m_power; i++)
     {
      long digit=0;
      if(i<m_count)
         digit=(long)m_digit[i];
      if(value<(LONG_MIN+digit)/10)
         return(false);
      value=value*10-digit;
     }
   if(m_negative)
      return(true);
   if(value<-LONG_MAX)
      return(false);
   value=-value;
   return(true);
  }
//+------------------------------------------------------------------+
//| The nearest double, ties to even; false if it is too large       |
//+------------------------------------------------------------------+
bool CContractsDecimal::ToDouble(double &value) const
  {
   value=0.0;
   if(m_count+m_power>310)
      return(false);
   if(m_count+m_power<-330)
      return(true);
   CContractsBig top;
   CContractsBig bottom;
   int           used=(m_count>CONTRACTS_MAX_DIGITS ? CONTRACTS_MAX_DIGITS : m_count);
   int           power=(int)(m_power+(m_count-used));
   for(int i=0; i<used; i++)
      top.MultiplyAdd(10,(uint)m_digit[i]);
//--- the digits left out are not all zero
   if(used<m_count)
     {
      top.MultiplyAdd(10,1);
      power--;
     }
   bottom.Set(1);
   if(power>=0)
      top.MultiplyPower10(power);
   else
      bottom.MultiplyPower10(-power);
   if(!ContractsNearest(top,bottom,value))
      return(false);
   if(m_negative)
      value=-value;
   return(true);
  }
//+------------------------------------------------------------------+
//| Without the signs: -1, 0 or 1                                    |
//+------------------------------------------------------------------+
int CContractsDecimal::CompareSize(const CContractsDecimal &other) const
  {
   if(m_count==0 || other.m_count==0)
      return((m_count>0 ? 1 : 0)-(other.m_count>0 ? 1 : 0));
   if(m_count+m_power!=other.m_count+other.m_power)
      return(m_count+m_power<other.m_count+other.m_power ? -1 : 1);
   for(int i=0; i<m_count && i<other.m_count; i++)
     {
      if(m_digit[i]!=other.m_digit[i])
         return(m_digit[i]<other.m_digit[i] ? -1 : 1);
     }
   if(m_count!=other.m_count)
      return(m_count<other.m_count ? -1 : 1);
   return(0);
  }
//+------------------------------------------------------------------+
//| By value: -1, 0 or 1                                             |
//+------------------------------------------------------------------+
int CContractsDecimal::Compare(const CContractsDecimal &other) const
  {
   if(m_negative!=other.m_negative)
      return(m_negative ? -1 : 1);
   int order=CompareSize(other);
   return(m_negative ? -order : order);
  }
//+------------------------------------------------------------------+
//| rest=(rest*10+digit) modulo divisor                              |
//+------------------------------------------------------------------+
void CContractsDecimal::Remainder(CContractsBig &rest,const CContractsBig &divisor,const int digit) const
  {
   rest.MultiplyAdd(10,(uint)digit);
   while(rest.Compare(divisor)>=0)
      rest.Subtract(divisor);
  }
//+------------------------------------------------------------------+
//| As JSON Schema means it, in decimals: 0.3 is a multiple of 0.1   |
//+------------------------------------------------------------------+
bool CContractsDecimal::MultipleOf(const CContractsDecimal &divisor) const
  {
   if(divisor.m_count==0)
      return(false);
//--- our last digit is not zero, so no power of ten divides our digits
   long zeros=m_power-divisor.m_power;
   if(m_count==0)
      return(true);
   if(zeros<0)
      return(false);
   CContractsBig rest;
   CContractsBig whole;
   for(int i=0; i<divisor.m_count; i++)
      whole.MultiplyAdd(10,(uint)divisor.m_digit[i]);
   for(int j=0; j<m_count; j++)
      Remainder(rest,whole,(int)m_digit[j]);
//--- after as many zeros as the divisor has bits, no factor 2 or 5
//--- of it is left to be met
   int limit=whole.BitLength();
   for(int k=0; k<zeros && k<limit && !rest.IsZero(); k++)
      Remainder(rest,whole,0);
   return(rest.IsZero());
  }
#endif
//+------------------------------------------------------------------+
