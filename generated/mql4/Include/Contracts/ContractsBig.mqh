//+------------------------------------------------------------------+
//|                                                 ContractsBig.mqh |
//|  Unsigned integers of any size, in 32-bit words, lowest first.   |
//|  Only the operations that number reading and writing call for.   |
//+------------------------------------------------------------------+
#ifndef CONTRACTS_BIG_MQH
#define CONTRACTS_BIG_MQH
#property strict

//+------------------------------------------------------------------+
//| The highest word in use is never zero                            |
//+------------------------------------------------------------------+
class CContractsBig
  {
private:
   uint              m_word[];
   int               m_count;

   void              Reserve(const int words);
   void              Trim(void);
public:
                     CContractsBig(void) { m_count=0; }
   bool              IsZero(void) const  { return(m_count==0); }
   void              Set(const ulong value);
   void              CopyFrom(const CContractsBig &other);
   void              MultiplyAdd(const uint factor,const uint addend);
   void              MultiplyPower10(const int power);
   void              ShiftLeft(const int bits);
   void              Add(const CContractsBig &other);
   void              Subtract(const CContractsBig &other);
   int               Compare(const CContractsBig &other) const;
   int               BitLength(void) const;
  };
//+------------------------------------------------------------------+
void CContractsBig::Reserve(const int words)
  {
   if(ArraySize(m_word)<words)
      ArrayResize(m_word,words+16);
  }
//+------------------------------------------------------------------+
void CContractsBig::Trim(void)
  {
   while(m_count>0 && m_word[m_count-1]==0)
      m_count--;
  }
//+------------------------------------------------------------------+
void CContractsBig::Set(const ulong value)
  {
   Reserve(2);
   m_word[0]=(uint)value;
   m_word[1]=(uint)(value>>32);
   m_count=2;
   Trim();
  }
//+------------------------------------------------------------------+
void CContractsBig::CopyFrom(const CContractsBig &other)
  {
   Reserve(other.m_count);
   for(int i=0; i<other.m_count; i++)
      m_word[i]=other.m_word[i];
   m_count=other.m_count;
  }
//+------------------------------------------------------------------+
//| this*factor+addend; neither product nor sum passes 64 bits       |
//+------------------------------------------------------------------+
void CContractsBig::MultiplyAdd(const uint factor,const uint addend)
  {
   ulong carry=(ulong)addend;
   Reserve(m_count+1);
   for(int i=0; i<m_count; i++)
     {
      ulong product=(ulong)m_word[i]*(ulong)factor+carry;
      m_word[i]=(uint)product;
      carry=product>>32;
     }
   m_word[m_count]=(uint)carry;
   m_count++;
   Trim();
  }
//+------------------------------------------------------------------+
void CContractsBig::MultiplyPower10(const int power)
  {
   int left=power;
   while(left>=9)
     {
      MultiplyAdd(1000000000,0);
      left-=9;
     }
   while(left>0)
     {
      MultiplyAdd(10,0);
      left--;
     }
  }
//+------------------------------------------------------------------+
void CContractsBig::ShiftLeft(const int bits)
  {
   if(bits<=0 || m_count==0)
      return;
   int   words=bits/32;
   int   rest=bits%32;
   ulong pair=0;
   Reserve(m_count+words+1);
//--- from the top: every word is read before it is written
   m_word[m_count+words]=0;
   for(int i=m_count-1; i>=0; i--)
     {
      pair=(ulong)m_word[i]<<rest;
      m_word[i+words+1]=m_word[i+words+1]|(uint)(pair>>32);
      m_word[i+words]=(uint)pair;
     }
   for(int j=0; j<words; j++)
      m_word[j]=0;
   m_count=m_count+words+1;
   Trim();
  }
//+------------------------------------------------------------------+
void CContractsBig::Add(const CContractsBig &other)
  {
   int   top=(m_count>other.m_count ? m_count : other.m_count);
   ulong carry=0;
   Reserve(top+1);
   for(int i=0; i<top; i++)
     {
      ulong sum=carry;
      if(i<m_count)
         sum+=(ulong)m_word[i];
      if(i<other.m_count)
         sum+=(ulong)other.m_word[i];
      m_word[i]=(uint)sum;
      carry=sum>>32;
     }
   m_word[top]=(uint)carry;
   m_count=top+1;
   Trim();
  }
//+------------------------------------------------------------------+
//| this-other; other must not be greater                            |
//+------------------------------------------------------------------+
void CContractsBig::Subtract(const CContractsBig &other)
  {
   long borrow=0;
   for(int i=0; i<m_count; i++)
     {
      long rest=(long)m_word[i]-borrow;
      if(i<other.m_count)
         rest-=(long)other.m_word[i];
      borrow=0;
      if(rest<0)
        {
         rest+=(long)UINT_MAX+1;
         borrow=1;
        }
      m_word[i]=(uint)rest;
     }
   Trim();
  }
//+------------------------------------------------------------------+
//| -1, 0 or 1                                                       |
//+------------------------------------------------------------------+
int CContractsBig::Compare(const CContractsBig &other) const
  {
   if(m_count!=other.m_count)
      return(m_count<other.m_count ? -1 : 1);
   for(int i=m_count-1; i>=0; i--)
     {
      if(m_word[i]!=other.m_word[i])
         return(m_word[i]<other.m_word[i] ? -1 : 1);
     }
   return(0);
  }
//+------------------------------------------------------------------+
int CContractsBig::BitLength(void) const
  {
   if(m_count==0)
      return(0);
   int  bits=(m_count-1)*32;
   uint top=m_word[m_count-1];
   while(top!=0)
     {
      bits++;
      top=top>>1;
     }
   return(bits);
  }
#endif
//+------------------------------------------------------------------+
