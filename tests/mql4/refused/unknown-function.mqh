#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
string F(const double a)
  {
   return(DoubleToString(a,8));
  }
#endif
// refused: unknown-function at 5:11
