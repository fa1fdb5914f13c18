#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(const string a)
  {
   return(StringLen(a,a));
  }
#endif
// refused: argument-count at 5:11
