#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
bool F(const int a,const uint b)
  {
   return(a<b);
  }
#endif
// refused: mixed-sign at 5:12
