//+------------------------------------------------------------------+
//|                                            ContractsShortest.mqh |
//|  A double in; the shortest text that reads back as the same      |
//|  double out, laid out as ECMAScript (and RFC 8785) lay it out.   |
//|  Free-format digits after Steele, White, Burger and Dybvig.      |
//+------------------------------------------------------------------+
#ifndef CONTRACTS_SHORTEST_MQH
#define CONTRACTS_SHORTEST_MQH
#property strict

#include <Contracts\ContractsText.mqh>
#include <Contracts\ContractsBig.mqh>
#include <Contracts\ContractsDecimal.mqh>

//+------------------------------------------------------------------+
//| 0.d1d2d3... * 10^point                                           |
//+------------------------------------------------------------------+
class CContractsShortest
  {
private:
   ushort            m_digit[20];
   int               m_count;
   int               m_point;
   //--- value=m_value/m_unit; the neighbours are m_above/m_unit/2 and
   //--- m_below/m_unit/2 away from it, m_sum is at hand
   CContractsBig     m_value;
   CContractsBig     m_unit;
   CContractsBig     m_above;
   CContractsBig     m_below;
   CContractsBig     m_sum;

   void              Enlarge(void);
   int               AboveOrder(void);
   void              Begin(const long fraction,const int power);
   void              Generate(const bool even);
   void              Put(CContractsBuffer &out,const int from,const int end) const;
   void              Zeros(CContractsBuffer &out,const int count) const;
public:
                     CContractsShortest(void);
   void              Find(const double size);
   void              Lay(CContractsBuffer &out) const;
  };
//+------------------------------------------------------------------+
CContractsShortest::CContractsShortest(void)
  {
   m_count=0;
   m_point=0;
  }
//+------------------------------------------------------------------+
//| The next digit becomes the whole part                            |
//+------------------------------------------------------------------+
void CContractsShortest::Enlarge(void)
  {
   m_value.MultiplyAdd(10,0);
   m_above.MultiplyAdd(10,0);
   m_below.MultiplyAdd(10,0);
  }
//+------------------------------------------------------------------+
//| Compares the end of the upper gap with 1                         |
//+------------------------------------------------------------------+
int CContractsShortest::AboveOrder(void)
  {
   m_sum.CopyFrom(m_value);
   m_sum.Add(m_above);
   return(m_sum.Compare(m_unit));
  }
//+------------------------------------------------------------------+
//| fraction*2^power as a ratio, with the half gaps on both sides    |
//+------------------------------------------------------------------+
void CContractsShortest::Begin(const long fraction,const int power)
  {
   m_value.Set((ulong)fraction);
   m_unit.Set(1);
   m_above.Set(1);
   m_below.Set(1);
   m_value.ShiftLeft(1);
   m_unit.ShiftLeft(1);
   if(power>=0)
     {
      m_value.ShiftLeft(power);
      m_above.ShiftLeft(power);
      m_below.ShiftLeft(power);
     }
   else
      m_unit.ShiftLeft(-power);
//--- below a power of two the gap is half as wide
   if(fraction==((long)1<<52) && power>-1074)
     {
      m_value.ShiftLeft(1);
      m_unit.ShiftLeft(1);
      m_above.ShiftLeft(1);
     }
//--- a first position of the point, never too high:
//--- 30103/100000 is the logarithm of 2 to six digits
   int  top=m_value.BitLength()-m_unit.BitLength();
   long scaled=(long)(top-1)*30103;
   m_point=(int)(scaled/100000);
   if(scaled>=0)
      m_point++;
   if(m_point>=0)
      m_unit.MultiplyPower10(m_point);
   else
     {
      m_value.MultiplyPower10(-m_point);
      m_above.MultiplyPower10(-m_point);
      m_below.MultiplyPower10(-m_point);
     }
  }
//+------------------------------------------------------------------+
//| Digits until one number of that length lies between the gaps; an |
//| even fraction owns the ends of its gaps                          |
//+------------------------------------------------------------------+
void CContractsShortest::Generate(const bool even)
  {
   bool more=true;
   m_count=0;
   while(more)
     {
      int digit=0;
      Enlarge();
      while(m_value.Compare(m_unit)>=0)
        {
         m_value.Subtract(m_unit);
         digit++;
        }
      int  lowOrder=m_value.Compare(m_below);
      int  highOrder=AboveOrder();
      bool low=(lowOrder<0 || (lowOrder==0 && even));
      bool high=(highOrder>0 || (highOrder==0 && even));
      if(low && high)
        {
         m_value.ShiftLeft(1);
         int half=m_value.Compare(m_unit);
         high=(half>0 || (half==0 && digit%2==1));
        }
      if(high)
         digit++;
      more=(!low && !high);
      m_digit[m_count]=(ushort)('0'+digit);
      m_count++;
     }
  }
//+------------------------------------------------------------------+
//| size is finite and greater than zero                             |
//+------------------------------------------------------------------+
void CContractsShortest::Find(const double size)
  {
   double left=size;
   int    power=0;
   double limit=ContractsScale(1,53);
   double least=ContractsScale(1,52);
   while(left>=limit)
     {
      left/=2.0;
      power++;
     }
   while(left<least && power>-1074)
     {
      left*=2.0;
      power--;
     }
   long fraction=(long)left;
   bool even=(fraction%2==0);
   Begin(fraction,power);
   int order=AboveOrder();
   while(order>0 || (order==0 && even))
     {
      m_unit.MultiplyAdd(10,0);
      m_point++;
      order=AboveOrder();
     }
   Generate(even);
  }
//+------------------------------------------------------------------+
void CContractsShortest::Put(CContractsBuffer &out,const int from,const int end) const
  {
   for(int i=from; i<end; i++)
      out.Unit(m_digit[i]);
  }
//+------------------------------------------------------------------+
void CContractsShortest::Zeros(CContractsBuffer &out,const int count) const
  {
   for(int i=0; i<count; i++)
      out.Unit('0');
  }
//+------------------------------------------------------------------+
void CContractsShortest::Lay(CContractsBuffer &out) const
  {
   if(m_point>=m_count && m_point<=21)
     {
      Put(out,0,m_count);
      Zeros(out,m_point-m_count);
      return;
     }
   if(m_point>0 && m_point<=21)
     {
      Put(out,0,m_point);
      out.Unit('.');
      Put(out,m_point,m_count);
      return;
     }
   if(m_point>-6 && m_point<=0)
     {
      out.Append("0.");
      Zeros(out,-m_point);
      Put(out,0,m_count);
      return;
     }
   Put(out,0,1);
   if(m_count>1)
     {
      out.Unit('.');
      Put(out,1,m_count);
     }
   out.Unit('e');
   if(m_point>0)
      out.Unit('+');
   out.Append(ContractsLongText(m_point-1));
  }
//+------------------------------------------------------------------+
//| Shortest text of a double; "" if it is not finite. -0.0 is "0".  |
//+------------------------------------------------------------------+
string ContractsDoubleText(const double value)
  {
   CContractsBuffer   out;
   CContractsShortest shortest;
   if(!MathIsValidNumber(value))
      return("");
   if(value==0.0)
      return("0");
   if(value<0.0)
      out.Unit('-');
   shortest.Find(value<0.0 ? -value : value);
   shortest.Lay(out);
   return(out.Text());
  }
#endif
//+------------------------------------------------------------------+
