#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
public:
   int total;
   CThing(void) { total=0; }
   void Grow(void) { total++; }
   int Total(void) const { return(total); }
  };
void F(void)
  {
   CThing thing(5);
  }
#endif
// refused: constructor-arguments at 13:16
