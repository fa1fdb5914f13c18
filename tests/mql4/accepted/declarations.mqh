// What may stand at file scope, and every scalar type.
#ifndef DECLARATIONS_V1_MQH
#define DECLARATIONS_V1_MQH
#property strict
#include <support.mqh>

#define DECLARATIONS_V1_NAME  "declarations // not a comment"   // a comment
#define DECLARATIONS_V1_LIMIT 64
#define DECLARATIONS_V1_LEAST -1
#define DECLARATIONS_V1_HALF  0.5

const int    DECLARATIONS_V1_TABLE[]={0,1,-2,0x7FFFFFFF,DECLARATIONS_V1_LIMIT};
const ushort DECLARATIONS_V1_UNITS[3]={'a','\'',0xD800};
const string DECLARATIONS_V1_WORDS[]={"one","tw\x00F6","\"three\"\\\n\r\t"};
const double DECLARATIONS_V1_EXACT=1.5e-7;

/* Members count on
   from the last value. */
enum ENUM_DECLARATIONS_V1_SIDE
  {
   DECLARATIONS_V1_SIDE_BUY=0,
   DECLARATIONS_V1_SIDE_SELL,
   DECLARATIONS_V1_SIDE_NONE=-1
  };

class CDeclarationsV1Later;

class CDeclarationsV1
  {
private:
   bool              m_flag;
   char              m_char;
   uchar             m_uchar;
   short             m_short;
   ushort            m_ushort;
   int               m_int,m_other;
   uint              m_uint;
   long              m_long;
   ulong             m_ulong;
   double            m_double;
   string            m_string;
   datetime          m_datetime;
   ENUM_DECLARATIONS_V1_SIDE m_side;
   ushort            m_fixed[DECLARATIONS_V1_LIMIT];
   CDeclarationsV1Later m_later[];
public:
   CDeclarationsV1   children[];

                     CDeclarationsV1(void);
   void              Reset(void);
   void              CopyFrom(const CDeclarationsV1 &other);
   long              Long(void) const { return(m_long); }
   int               Depth(const int so_far) const;
  };
class CDeclarationsV1Later
  {
public:
   CDeclarationsV1   first;
                     CDeclarationsV1Later() { }
  };
CDeclarationsV1::CDeclarationsV1(void)
  {
   Reset();
  }
void CDeclarationsV1::Reset(void)
  {
   m_flag=false;
   m_char=-128;
   m_uchar=255;
   m_short=-1;
   m_ushort=0xFFFF;
   m_int=INT_MIN;
   m_other=DECLARATIONS_V1_LEAST;
   m_uint=UINT_MAX;
   m_long=LONG_MIN;
   m_ulong=ULONG_MAX;
   m_double=1;
   m_string=DECLARATIONS_V1_NAME;
   m_datetime=0;
   m_side=DECLARATIONS_V1_SIDE_BUY;
   for(int i=0; i<ArraySize(m_fixed); i++)
      m_fixed[i]=0;
   ArrayResize(m_later,0);
   ArrayResize(children,0,16);
  }
void CDeclarationsV1::CopyFrom(const CDeclarationsV1 &other)
  {
   m_long=other.m_long;
   int total=ArraySize(other.children);
   ArrayResize(children,total);
   for(int i=0; i<total; i++)
      children[i].CopyFrom(other.children[i]);
  }
int CDeclarationsV1::Depth(const int so_far) const
  {
   int deepest=so_far;
   for(int i=0; i<ArraySize(children); i++)
     {
      int depth=children[i].Depth(so_far+SUPPORT_V1_ONE);
      if(depth>deepest)
         deepest=depth;
     }
   return(deepest);
  }
#endif
